package io.portolan.ssh.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.nio.channels.ClosedChannelException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SshPacketEncoderTest {

    private static final Protection GCM = new Protection(SshCipher.AES128_GCM, null);
    private static final byte IGNORE = 2;
    private static final byte NEWKEYS = PacketChannel.NEWKEYS;

    @Test
    void writesAPacketInTheClearWithRandomPadding() {
        try (PacketChannel channel = new PacketChannel()) {
            byte[] one = channel.packet(IGNORE, (byte) 7);
            assertThat(Arrays.copyOf(one, 7))
                    .containsExactly(
                            0, 0, 0, 12, // packet_length
                            9, // padding_length
                            IGNORE, 7); // payload
            assertThat(one).hasSize(16);
            byte[] other = channel.packet(IGNORE, (byte) 7);
            assertThat(Arrays.copyOfRange(one, 7, 16)).isNotEqualTo(Arrays.copyOfRange(other, 7, 16));
        }
    }

    @Test
    void smallPacketsOfOneTurnShareABuffer() {
        try (PacketChannel sender = PacketChannel.with(GCM, 1);
                PacketChannel receiver = PacketChannel.with(GCM, 1)) {
            ChannelFuture[] writes = new ChannelFuture[50];
            for (int i = 0; i < writes.length; i++) {
                writes[i] = sender.channel().write(sender.buffer(IGNORE, (byte) i));
            }
            assertThat(writes).noneMatch(ChannelFuture::isDone);
            sender.channel().flush();
            assertThat(writes).allMatch(ChannelFuture::isSuccess);
            var buffers = sender.buffers();
            assertThat(buffers).hasSize(1);
            receiver.receive(buffers.get(0));
            assertThat(receiver.payloads()).hasSize(writes.length);
        }
    }

    @Test
    void packetsKeepTheirOrderWhateverTheirSize() {
        try (PacketChannel sender = PacketChannel.with(GCM, 1);
                PacketChannel receiver = PacketChannel.with(GCM, 1)) {
            int[] sizes = {10, 40_000, 10, 10, 16_000, 2_000, 100_000, 1};
            for (int size : sizes) {
                sender.channel().write(sender.buffer(new byte[size]));
            }
            sender.channel().flush();
            receiver.receive(sender.sent());
            assertThat(receiver.payloads().stream().mapToInt(payload -> payload.length))
                    .containsExactly(10, 40_000, 10, 10, 16_000, 2_000, 100_000, 1);
        }
    }

    @Test
    void flushesOfOneTurnAreOne() {
        AtomicInteger flushes = new AtomicInteger();
        try (PacketChannel channel = new PacketChannel()) {
            channel.channel().pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
                @Override
                public void flush(ChannelHandlerContext ctx) {
                    flushes.incrementAndGet();
                    ctx.flush();
                }
            });
            byte[] incoming = channel.packet(IGNORE);
            assertThat(flushes).hasValue(1);
            channel.channel().pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    ctx.writeAndFlush(message);
                    assertThat(flushes).hasValue(1);
                }
            });
            byte[] three = new byte[incoming.length * 3];
            for (int i = 0; i < 3; i++) {
                System.arraycopy(incoming, 0, three, i * incoming.length, incoming.length);
            }
            channel.receive(three);
            assertThat(flushes).hasValue(2);
            assertThat(channel.buffers()).hasSize(1);

            // Outside of a turn of reading it is the end of what the event loop does now.
            ChannelHandlerContext last = channel.channel().pipeline().lastContext();
            last.writeAndFlush(channel.buffer(IGNORE));
            last.writeAndFlush(channel.buffer(IGNORE));
            assertThat(flushes).hasValue(2);
            channel.channel().runPendingTasks();
            assertThat(flushes).hasValue(3);
            assertThat(channel.buffers()).hasSize(1);
        }
    }

    @Test
    void whatIsToBeFlushedIsFlushedBeforeClosing() {
        try (PacketChannel channel = new PacketChannel()) {
            channel.channel().pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    ctx.writeAndFlush(message);
                    ctx.close();
                }
            });
            byte[] packet = channel.packet(IGNORE);
            channel.receive(packet);
            assertThat(channel.channel().isOpen()).isFalse();
            assertThat(channel.sent()).hasSize(16);
        }
    }

    @Test
    void whatWasNotFlushedFailsWhenTheConnectionEnds() {
        try (PacketChannel channel = new PacketChannel()) {
            ChannelFuture one = channel.channel().write(channel.buffer(IGNORE));
            ChannelFuture other = channel.channel().write(channel.buffer(IGNORE));
            channel.channel().close();
            assertThat(one.cause()).isInstanceOf(ClosedChannelException.class);
            assertThat(other.cause()).isInstanceOf(ClosedChannelException.class);
            assertThat(channel.held()).isZero();
        }
    }

    @Test
    void anyKindOfBufferIsTaken() {
        try (PacketChannel sender = PacketChannel.with(GCM, 1);
                PacketChannel receiver = PacketChannel.with(GCM, 1)) {
            sender.send(Unpooled.wrappedBuffer(
                    Unpooled.wrappedBuffer(new byte[] {94, 1}),
                    Unpooled.directBuffer().writeBytes(new byte[] {2, 3})));
            receiver.receive(sender.sent());
            assertThat(receiver.payloads()).containsExactly(new byte[] {94, 1, 2, 3});
        }
    }

    @Test
    void payloadsThatCannotBeSentAreRefusedAndReleased() {
        try (PacketChannel channel = PacketChannel.with(GCM, 1)) {
            assertThat(channel.channel().writeAndFlush(channel.buffer()).cause())
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(channel.channel()
                            .writeAndFlush(channel.buffer(new byte[PacketLimits.MAX_PAYLOAD + 1]))
                            .cause())
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(channel.held()).isZero();
            channel.receive(channel.packet(new byte[PacketLimits.MAX_PAYLOAD]));
            assertThat(channel.payloads()).hasSize(1);
        }
    }

    @Test
    void nothingIsSentBetweenNewKeysAndTheKeys() {
        try (PacketChannel channel = new PacketChannel()) {
            channel.packet(NEWKEYS);
            assertThat(channel.channel().writeAndFlush(channel.buffer(IGNORE)).cause())
                    .isInstanceOf(IllegalStateException.class);
            assertThat(channel.sent()).isEmpty();
        }
        SshPacketEncoder encoder = new SshPacketEncoder(new SecureRandom());
        assertThatThrownBy(() -> encoder.newKeys(PacketCipher.none(), true)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keysThatAreNotChangedInTimeSendNothingMore() {
        try (PacketChannel channel = new PacketChannel(2)) {
            channel.packet(IGNORE);
            channel.packet(IGNORE);
            assertThat(channel.channel().writeAndFlush(channel.buffer(IGNORE)).cause())
                    .isInstanceOf(SshProtocolException.class);
            assertThat(channel.failures()).hasSize(1);
            assertThat(channel.sent()).isEmpty();
        }
    }

    @Test
    void otherMessagesPass() {
        EmbeddedChannel channel = new EmbeddedChannel(new SshPacketEncoder(new SecureRandom()), new SshPacketDecoder());
        channel.writeOutbound("text");
        assertThat(channel.<String>readOutbound()).isEqualTo("text");
        channel.writeInbound("text");
        assertThat(channel.<String>readInbound()).isEqualTo("text");
        assertThat(channel.finishAndReleaseAll()).isFalse();
    }
}
