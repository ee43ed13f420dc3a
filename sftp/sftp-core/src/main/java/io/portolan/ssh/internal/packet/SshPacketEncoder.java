package io.portolan.ssh.internal.packet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Payloads to packets (RFC 4253, section 6), encrypted as they are written. Payloads are {@link ByteBuf}s of any kind, of 1 to {@link PacketLimits#MAX_PAYLOAD} octets.
 *
 * <p>Small packets share a buffer. Flushes are put together: there is one at the end of a turn of reading, or of what else the event loop has to do at the moment.
 * Closing flushes what was to be flushed.
 *
 * <p><b>Changing keys.</b> NEWKEYS is the last packet under the old keys, which whoever has written it says by {@link #awaitKeys}; until {@link #newKeys} is called, further writes fail.
 */
public final class SshPacketEncoder extends ChannelDuplexHandler {

    /** Octets that small packets are gathered in: a few dozen replies, or three small files. A larger packet gets a buffer of its size. */
    private static final int BATCH = 16 * 1024;

    private static final byte[] NOTHING = {};
    private static final int SMALL = 1024;

    private final long maxPacketsPerKey;
    private final Padding padding;
    private PacketCipher cipher = PacketCipher.none();
    private KeyUsage usage;
    private int nextSequence;
    private boolean awaitsKeys;

    /** The packet that is being made, in the clear. An array of its own: ciphers are slow within one array. */
    private byte[] packet = NOTHING;

    /** The largest packet since the last flush, in octets. */
    private int largest;

    private @Nullable ByteBuf batch;
    private List<ChannelPromise> promises = new ArrayList<>();
    private boolean reading;
    private boolean wantsFlush;
    private boolean scheduled;

    /**
     * Makes an encoder for a new connection.
     *
     * @param random where the padding comes from
     */
    public SshPacketEncoder(SecureRandom random) {
        this(random, PacketLimits.MAX_PACKETS_PER_KEY);
    }

    SshPacketEncoder(SecureRandom random, long maxPacketsPerKey) {
        this.padding = new Padding(random);
        this.maxPacketsPerKey = maxPacketsPerKey;
        this.usage = new KeyUsage(maxPacketsPerKey);
    }

    /**
     * Encrypts what follows NEWKEYS with new keys. On the event loop only.
     *
     * @param resetSequence whether the next packet has number 0 (strict key exchange)
     * @throws IllegalStateException if the last payload was not NEWKEYS
     */
    public void newKeys(PacketCipher newCipher, boolean resetSequence) {
        if (!awaitsKeys) {
            throw new IllegalStateException("NEWKEYS has not been written");
        }
        cipher = newCipher;
        usage = new KeyUsage(maxPacketsPerKey);
        if (resetSequence) {
            nextSequence = 0;
        }
        awaitsKeys = false;
    }

    /** The last payload was NEWKEYS. On the event loop only. */
    public void awaitKeys() {
        awaitsKeys = true;
    }

    /** What was sent under the present keys. On the event loop only. */
    public KeyUsage usage() {
        return usage;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf payload)) {
            ctx.write(message, promise);
            return;
        }
        try {
            encode(ctx, payload);
            if (!promise.isVoid()) {
                promises.add(promise);
            }
        } catch (SshProtocolException e) {
            promise.tryFailure(e);
            ctx.fireExceptionCaught(e);
        } catch (IllegalArgumentException | IllegalStateException e) {
            promise.tryFailure(e);
            // a message that is missing in the middle is worse than an end
            ctx.fireExceptionCaught(e);
        } finally {
            payload.release();
        }
    }

    private void encode(ChannelHandlerContext ctx, ByteBuf payload) throws SshProtocolException {
        int size = payload.readableBytes();
        if (size < 1 || size > PacketLimits.MAX_PAYLOAD) {
            throw new IllegalArgumentException("a payload of " + size + " octets");
        }
        if (awaitsKeys) {
            throw new IllegalStateException("nothing is sent between NEWKEYS and the new keys");
        }
        int padded = cipher.paddingFor(size);
        int length = 1 + size + padded;
        int octets = PacketCipher.LENGTH_FIELD + length + cipher.tagLength();
        usage.count(octets);

        room(PacketCipher.LENGTH_FIELD + length);
        Octets.putInt(packet, 0, length);
        packet[PacketCipher.LENGTH_FIELD] = (byte) padded;
        payload.readBytes(packet, PacketCipher.LENGTH_FIELD + 1, size);
        padding.write(packet, PacketCipher.LENGTH_FIELD + 1 + size, padded);

        ByteBuf out = batchFor(ctx, octets);
        cipher.seal(nextSequence, packet, length, out.array(), out.arrayOffset() + out.writerIndex());
        out.writerIndex(out.writerIndex() + octets);
        nextSequence++;
    }

    private void room(int octets) {
        largest = Math.max(largest, octets);
        if (packet.length < octets) {
            packet = new byte[Math.max(octets, SMALL)];
        }
    }

    private ByteBuf batchFor(ChannelHandlerContext ctx, int octets) {
        ByteBuf present = batch;
        if (present != null && present.writableBytes() >= octets) {
            return present;
        }
        writeBatch(ctx);
        ByteBuf next = ctx.alloc().heapBuffer(Math.max(octets, BATCH));
        batch = next;
        return next;
    }

    private void writeBatch(ChannelHandlerContext ctx) {
        ByteBuf present = batch;
        if (present == null) {
            return;
        }
        batch = null;
        List<ChannelPromise> those = promises;
        if (those.size() == 1) {
            ChannelPromise only = those.get(0);
            those.clear();
            ctx.write(present, only);
            return;
        }
        if (those.isEmpty()) {
            ctx.write(present);
            return;
        }
        promises = new ArrayList<>();
        ctx.write(present).addListener(written -> {
            for (ChannelPromise promise : those) {
                if (written.isSuccess()) {
                    promise.trySuccess();
                } else {
                    promise.tryFailure(written.cause());
                }
            }
        });
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        wantsFlush = true;
        if (!reading && !scheduled) {
            scheduled = true;
            ctx.executor().execute(() -> {
                scheduled = false;
                flushNow(ctx);
            });
        }
    }

    private void flushNow(ChannelHandlerContext ctx) {
        if (!wantsFlush) {
            return;
        }
        wantsFlush = false;
        writeBatch(ctx);
        if (packet.length > SMALL && largest <= SMALL) {
            packet = NOTHING;
        }
        largest = 0;
        ctx.flush();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reading = true;
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        reading = false;
        flushNow(ctx);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        end(ctx);
        ctx.close(promise);
    }

    @Override
    public void disconnect(ChannelHandlerContext ctx, ChannelPromise promise) {
        end(ctx);
        ctx.disconnect(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(ctx);
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end(ctx);
        Arrays.fill(packet, (byte) 0);
        packet = NOTHING;
    }

    /** Hands on what is gathered, so that its promises hear what becomes of it. */
    private void end(ChannelHandlerContext ctx) {
        reading = false;
        writeBatch(ctx);
        flushNow(ctx);
    }
}
