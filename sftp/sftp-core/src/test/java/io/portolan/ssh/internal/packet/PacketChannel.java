package io.portolan.ssh.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** A channel with both packet handlers, whose allocator counts, so that a test sees at once what was not given back. */
final class PacketChannel implements AutoCloseable {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, false, true);
    static final byte NEWKEYS = (byte) SshMessageNumber.NEWKEYS.number();

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final SshPacketDecoder decoder;
    private final SshPacketEncoder encoder;
    private final List<Throwable> failures = new ArrayList<>();
    private int reads;

    PacketChannel() {
        this(PacketLimits.MAX_PACKETS_PER_KEY);
    }

    PacketChannel(long maxPacketsPerKey) {
        decoder = new SshPacketDecoder(maxPacketsPerKey);
        encoder = new SshPacketEncoder(new SecureRandom(), maxPacketsPerKey);
        channel.config().setAllocator(allocator);
        channel.pipeline().addLast(encoder, decoder, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                if (isNewKeys((ByteBuf) message)) {
                    decoder.awaitKeys();
                }
                ctx.fireChannelRead(message);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                failures.add(cause);
            }
        });
    }

    /** A channel that is logged in and encrypts and decrypts so, in both directions. */
    static PacketChannel with(Protection protection, long seed) {
        PacketChannel channel = new PacketChannel();
        channel.switchKeys(protection, seed, seed, true);
        channel.decoder.authenticated();
        return channel;
    }

    /** Takes NEWKEYS in both directions. */
    void switchKeys(Protection protection, long outboundSeed, long inboundSeed, boolean reset) {
        ByteBuf ours = allocator.heapBuffer().writeByte(NEWKEYS);
        send(ours);
        byte[] newKeys = sent();
        encoder.newKeys(protection.create(outboundSeed), reset);
        receive(newKeys);
        decoder.newKeys(protection.create(inboundSeed), reset);
        assertThat(payloads()).containsExactly(new byte[] {NEWKEYS});
    }

    EmbeddedChannel channel() {
        return channel;
    }

    SshPacketDecoder decoder() {
        return decoder;
    }

    SshPacketEncoder encoder() {
        return encoder;
    }

    List<Throwable> failures() {
        return failures;
    }

    ByteBuf buffer(byte... octets) {
        return allocator.heapBuffer(Math.max(1, octets.length)).writeBytes(octets);
    }

    /** Octets of the heap that buffers of this channel hold now. */
    long held() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    void receive(byte... octets) {
        reads++;
        channel.writeInbound(buffer(octets));
    }

    int reads() {
        return reads;
    }

    /** The payloads that were decoded. */
    List<byte[]> payloads() {
        List<byte[]> payloads = new ArrayList<>();
        for (ByteBuf payload = channel.readInbound(); payload != null; payload = channel.readInbound()) {
            payloads.add(ByteBufUtil.getBytes(payload));
            payload.release();
        }
        return payloads;
    }

    /** As the transport does it. */
    void send(ByteBuf payload) {
        boolean newKeys = isNewKeys(payload);
        channel.writeOutbound(payload);
        if (newKeys) {
            encoder.awaitKeys();
        }
    }

    private static boolean isNewKeys(ByteBuf payload) {
        return payload.isReadable() && payload.getByte(payload.readerIndex()) == NEWKEYS;
    }

    byte[] packet(byte... payload) {
        send(buffer(payload));
        return sent();
    }

    /** The buffers that were written. */
    List<byte[]> buffers() {
        List<byte[]> buffers = new ArrayList<>();
        for (ByteBuf buffer = channel.readOutbound(); buffer != null; buffer = channel.readOutbound()) {
            buffers.add(ByteBufUtil.getBytes(buffer));
            buffer.release();
        }
        return buffers;
    }

    /** The octets that were written. */
    byte[] sent() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        buffers().forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** Closes the channel, in which nothing must have stayed. */
    @Override
    public void close() {
        channel.finishAndReleaseAll();
        assertThat(held()).as("octets that were not released").isZero();
    }
}
