package io.portolan.ssh.internal.packet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Octets to the payloads of packets (RFC 4253, section 6), verified and decrypted. A payload is a {@link ByteBuf} of its own, with at least the message number in it;
 * whoever gets it releases it.
 *
 * <p><b>Changing keys.</b> Payloads may be compressed, so that what they say is not known here. Whoever is passed NEWKEYS says so by {@link #awaitKeys} at once; behind it nothing is decoded until
 * {@link #newKeys} was called, be it while that payload is passed on or later, when a
 * worker has computed the keys. Until then what came in the same read is kept and no further read is made.
 *
 * <p>What is wrong is told once, by a {@link SshProtocolException}; everything behind it is dropped.
 */
public final class SshPacketDecoder extends ChannelDuplexHandler {

    /** Room for a packet at first; it doubles as octets come, never because a length says so. */
    private static final int SMALL = 1024;

    private static final byte[] NOTHING = {};

    private final long maxPacketsPerKey;
    private PacketCipher cipher = PacketCipher.none();
    private KeyUsage usage;
    private int nextSequence;
    private int maxLength = PacketLimits.MAX_LENGTH_BEFORE_AUTHENTICATION;
    private boolean authenticated;
    private int packetsBefore;
    private int octetsBefore;

    /** The packet that is being collected, as it came. An array of its own: ciphers are slow within one array. */
    private byte[] packet = NOTHING;

    private int collected;
    /** {@code packet_length} of that packet, or -1 while it is not known. */
    private int length = -1;

    /** The largest packet of this turn of reading, in octets. */
    private int largest;

    private @Nullable ChannelHandlerContext context;
    private boolean awaitsKeys;
    private boolean decoding;
    private boolean finished;
    private boolean passedOn;
    private boolean wantsRead;

    /** What is not decoded yet; empty between turns unless keys are awaited. */
    private final Deque<ByteBuf> kept = new ArrayDeque<>();

    /** Makes a decoder for a new connection. */
    public SshPacketDecoder() {
        this(PacketLimits.MAX_PACKETS_PER_KEY);
    }

    SshPacketDecoder(long maxPacketsPerKey) {
        this.maxPacketsPerKey = maxPacketsPerKey;
        this.usage = new KeyUsage(maxPacketsPerKey);
    }

    /**
     * Decodes what follows NEWKEYS with new keys. On the event loop only.
     *
     * @param resetSequence whether the next packet has number 0 (strict key exchange)
     * @throws IllegalStateException if the last payload was not NEWKEYS
     */
    public void newKeys(PacketCipher newCipher, boolean resetSequence) {
        if (!awaitsKeys) {
            throw new IllegalStateException("the peer has not sent NEWKEYS");
        }
        cipher = newCipher;
        usage = new KeyUsage(maxPacketsPerKey);
        if (resetSequence) {
            nextSequence = 0;
        }
        awaitsKeys = false;
        if (!decoding && context != null) {
            resume(context);
        }
    }

    /** Decodes nothing behind the payload that is being passed on, which is NEWKEYS, until there are new keys. On the event loop only. */
    public void awaitKeys() {
        awaitsKeys = true;
    }

    /** Takes the limits off that hold until the peer is logged in. On the event loop only. */
    public void authenticated() {
        authenticated = true;
        maxLength = PacketLimits.MAX_LENGTH;
    }

    /** The number of the packet that was passed on last, as UNIMPLEMENTED wants it (RFC 4253, section 11.4); unsigned. On the event loop only. */
    public int lastSequence() {
        return nextSequence - 1;
    }

    /** What came under the present keys. On the event loop only. */
    public KeyUsage usage() {
        return usage;
    }

    /** Octets of memory that this decoder has for a packet. */
    int room() {
        return packet.length;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        finish();
        Arrays.fill(packet, (byte) 0);
        packet = NOTHING;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        finish();
        ctx.fireChannelInactive();
    }

    private void finish() {
        finished = true;
        kept.forEach(ReferenceCountUtil::release);
        kept.clear();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf in)) {
            ctx.fireChannelRead(message);
        } else if (finished) {
            in.release();
        } else {
            kept.add(in);
            if (!decoding) {
                drain(ctx);
            }
        }
    }

    private void drain(ChannelHandlerContext ctx) {
        decoding = true;
        try {
            while (!awaitsKeys && !finished && !kept.isEmpty()) {
                decode(ctx, kept.remove());
            }
        } finally {
            decoding = false;
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // After a bulk transfer the room for its packets is let go as soon as a turn brings only small ones: an idle
        // session keeps little.
        if (collected == 0 && packet.length > SMALL && largest <= SMALL) {
            packet = NOTHING;
        }
        largest = 0;
        boolean nothing = !passedOn;
        passedOn = false;
        ctx.fireChannelReadComplete();
        if (nothing && !finished && !ctx.channel().config().isAutoRead()) {
            // Whoever asked for a read waits for a whole packet.
            read(ctx);
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (awaitsKeys && !finished) {
            wantsRead = true;
        } else {
            ctx.read();
        }
    }

    /** Decodes what was kept until the keys were there. */
    private void resume(ChannelHandlerContext ctx) {
        boolean any = !kept.isEmpty();
        drain(ctx);
        if (any) {
            channelReadComplete(ctx);
        }
        if (wantsRead && !awaitsKeys) {
            wantsRead = false;
            ctx.read();
        }
    }

    private void decode(ChannelHandlerContext ctx, ByteBuf in) {
        try {
            while (in.isReadable() && !finished && !awaitsKeys) {
                if (collect(in)) {
                    ByteBuf payload = open(ctx);
                    passedOn = true;
                    ctx.fireChannelRead(payload);
                }
            }
            if (in.isReadable() && !finished) {
                kept.addFirst(in.readRetainedSlice(in.readableBytes()));
            }
        } catch (SshProtocolException e) {
            finish();
            ctx.fireExceptionCaught(e);
        } finally {
            in.release();
        }
    }

    /** Takes octets of the present packet; returns whether it is whole. */
    private boolean collect(ByteBuf in) throws SshProtocolException {
        if (length < 0) {
            take(in, PacketCipher.LENGTH_FIELD);
            if (collected < PacketCipher.LENGTH_FIELD) {
                return false;
            }
            int claimed = cipher.openLength(nextSequence, packet);
            if (!cipher.isPossible(claimed, maxLength)) {
                throw PacketFailure.broken();
            }
            length = claimed;
            count(size());
        }
        take(in, size());
        return collected == size();
    }

    private int size() {
        return PacketCipher.LENGTH_FIELD + length + cipher.tagLength();
    }

    private void take(ByteBuf in, int upTo) {
        int count = Math.min(upTo - collected, in.readableBytes());
        int needed = collected + count;
        if (needed > packet.length) {
            packet = Arrays.copyOf(packet, Math.max(needed, Math.max(SMALL, Math.min(upTo, 2 * packet.length))));
        }
        in.readBytes(packet, collected, count);
        collected = needed;
    }

    private void count(int octets) throws SshProtocolException {
        usage.count(octets);
        if (authenticated) {
            return;
        }
        packetsBefore++;
        octetsBefore += octets;
        if (packetsBefore > PacketLimits.MAX_PACKETS_BEFORE_AUTHENTICATION
                || octetsBefore > PacketLimits.MAX_OCTETS_BEFORE_AUTHENTICATION) {
            throw PacketFailure.tooMuchBeforeAuthentication();
        }
    }

    private ByteBuf open(ChannelHandlerContext ctx) throws SshProtocolException {
        int packetLength = length;
        largest = Math.max(largest, collected);
        length = -1;
        collected = 0;
        ByteBuf out = ctx.alloc().heapBuffer(packetLength, packetLength);
        boolean good = false;
        try {
            cipher.open(nextSequence, packet, packetLength, out.array(), out.arrayOffset());
            nextSequence++;
            int padding = out.getUnsignedByte(0);
            int payload = packetLength - 1 - padding;
            if (padding < PacketLimits.MIN_PADDING || payload < 1) {
                throw PacketFailure.broken();
            }
            out.setIndex(1, 1 + payload);
            good = true;
            return out;
        } finally {
            if (!good) {
                out.release();
            }
        }
    }
}
