package io.portolan.core.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class ModeZTest {

    private static final int RATIO = InflateDecoder.DEFAULT_MAX_RATIO;
    private static final long TOTAL = 1L << 40;

    private static byte[] deflated(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(9))) {
            deflater.write(octets);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new Random(1).nextBytes(octets);
        for (int i = 0; i < length; i += 3) {
            octets[i] = 'x';
        }
        return octets;
    }

    /** Takes what is inflated: counts, keeps, and notes the largest message and the order of events. */
    private static final class Sink extends ChannelInboundHandlerAdapter {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private int largest;
        private int messages;
        private boolean ended;
        private Throwable failure = new Throwable("none");

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf buffer = (ByteBuf) message;
            largest = Math.max(largest, buffer.capacity());
            messages++;
            octets.writeBytes(ByteBufUtil.getBytes(buffer));
            buffer.release();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            ended |= event instanceof ChannelInputShutdownEvent;
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            ended = true;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            assertThat(ended).as("the failure is told before the end").isFalse();
            failure = cause;
        }
    }

    private static Sink inflate(long total, byte[]... parts) {
        Sink sink = new Sink();
        try (CodecChannel channel = new CodecChannel(new InflateHandler(RATIO, total), sink)) {
            for (byte[] part : parts) {
                channel.receive(part);
            }
            channel.channel().pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            assertThat(sink.ended).isTrue();
        }
        return sink;
    }

    @Test
    void whatIsSentIsOneZlibStream() throws IOException {
        byte[] octets = random(300_000);
        DeflateHandler handler = new DeflateHandler(6);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (CodecChannel channel = new CodecChannel(handler)) {
            for (int i = 0; i < octets.length; i += 50_000) {
                assertThat(channel.channel()
                                .writeAndFlush(channel.buffer(Arrays.copyOfRange(octets, i, i + 50_000)))
                                .isSuccess())
                        .isTrue();
            }
            assertThat(handler.finish().isSuccess()).isTrue();
            wire.writeBytes(channel.sentOctets().getBytes(StandardCharsets.ISO_8859_1));
        }
        assertThat(new InflaterInputStream(new ByteArrayInputStream(wire.toByteArray())).readAllBytes())
                .isEqualTo(octets);
    }

    @Test
    void anEmptyFileIsAnEmptyZlibStream() throws IOException {
        DeflateHandler handler = new DeflateHandler(6);
        try (CodecChannel channel = new CodecChannel(handler)) {
            assertThat(handler.finish().isSuccess()).isTrue();
            byte[] wire = channel.sentOctets().getBytes(StandardCharsets.ISO_8859_1);
            assertThat(new InflaterInputStream(new ByteArrayInputStream(wire)).readAllBytes())
                    .isEmpty();
            assertThat(inflate(TOTAL, wire).failure).hasMessage("none");
        }
    }

    @Test
    void whatIsReceivedComesInBoundedMessages() {
        byte[] octets = random(1_000_000);
        Sink sink = inflate(TOTAL, deflated(octets));
        assertThat(sink.octets.toByteArray()).isEqualTo(octets);
        assertThat(sink.largest).isLessThanOrEqualTo(InflateHandler.CHUNK);
        assertThat(sink.failure).hasMessage("none");
    }

    @Test
    void aStreamCutShortIsAFailure() {
        byte[] wire = deflated(random(10_000));
        for (int length : new int[] {0, 1, 2, 100, wire.length - 4, wire.length - 1}) {
            assertThat(inflate(TOTAL, Arrays.copyOf(wire, length)).failure).isInstanceOf(DecompressionException.class);
        }
    }

    @Test
    void aStreamCutShortByAClosedConnectionIsAFailure() {
        Sink sink = new Sink();
        try (CodecChannel channel = new CodecChannel(new InflateHandler(RATIO, TOTAL), sink)) {
            channel.receive(Arrays.copyOf(deflated(random(10_000)), 500));
            channel.channel().close();
        }
        assertThat(sink.failure).isInstanceOf(DecompressionException.class);
    }

    @Test
    void octetsBehindTheEndAreAFailure() {
        byte[] wire = deflated(random(100));
        assertThat(inflate(TOTAL, Arrays.copyOf(wire, wire.length + 1)).failure)
                .isInstanceOf(DecompressionException.class);
        assertThat(inflate(TOTAL, wire, new byte[1]).failure).isInstanceOf(DecompressionException.class);
    }

    @Test
    void aBrokenChecksumIsAFailure() {
        byte[] wire = deflated(random(100));
        wire[wire.length - 1] ^= 1;
        assertThat(inflate(TOTAL, wire).failure).isInstanceOf(DecompressionException.class);
    }

    @Test
    void aDictionaryIsAFailure() {
        Deflater deflater = new Deflater();
        deflater.setDictionary(new byte[] {1, 2, 3});
        deflater.setInput(new byte[] {1, 2, 3});
        deflater.finish();
        byte[] wire = new byte[100];
        int length = deflater.deflate(wire);
        deflater.end();
        assertThat(inflate(TOTAL, Arrays.copyOf(wire, length)).failure).isInstanceOf(DecompressionException.class);
    }

    @Test
    void aBombIsStoppedByItsRatio() {
        Sink sink = inflate(TOTAL, deflated(new byte[64 << 20]));
        assertThat(sink.failure).isInstanceOf(DecompressionLimitException.class);
        assertThat(sink.octets.size()).isLessThan(4 << 20);
    }

    @Test
    void aSmallFileOfOneOctetIsNoBomb() {
        byte[] octets = new byte[(int) InflateDecoder.RATIO_COUNTS_FROM];
        assertThat(inflate(TOTAL, deflated(octets)).failure).hasMessage("none");
    }

    @Test
    void theTotalIsLimited() {
        byte[] octets = random(200_000);
        assertThat(inflate(200_000, deflated(octets)).failure).hasMessage("none");
        assertThat(inflate(199_999, deflated(octets)).failure).isInstanceOf(DecompressionLimitException.class);
    }

    @Test
    void nothingIsGivenAwayThatWasNotAskedFor() {
        Sink sink = new Sink();
        byte[] octets = random(1_000_000);
        try (CodecChannel channel = new CodecChannel(new InflateHandler(RATIO, TOTAL), sink)) {
            channel.channel().config().setAutoRead(false);
            channel.channel().read();
            channel.receive(deflated(octets));
            channel.channel().pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            assertThat(sink.messages).isLessThanOrEqualTo(2);
            assertThat(sink.ended).isFalse();
            int most = 100;
            while (!sink.ended && most-- > 0) {
                int before = sink.messages;
                channel.channel().read();
                assertThat(sink.messages - before).isLessThanOrEqualTo(1);
            }
            assertThat(sink.ended).isTrue();
        }
        assertThat(sink.octets.toByteArray()).isEqualTo(octets);
        assertThat(sink.failure).hasMessage("none");
    }

    /** Turning auto-read on asks once; the answer may be what was held back, and the socket has to be asked as well. */
    @Test
    void theSocketIsReadAgainOnceWhatWasHeldBackIsGiven() {
        AtomicInteger reads = new AtomicInteger();
        ChannelDuplexHandler socket = new ChannelDuplexHandler() {
            @Override
            public void read(ChannelHandlerContext ctx) {
                reads.incrementAndGet();
                ctx.read();
            }
        };
        byte[] wire = deflated(random(1_000_000));
        Sink sink = new Sink();
        try (CodecChannel channel = new CodecChannel(socket, new InflateHandler(RATIO, TOTAL), sink)) {
            channel.channel().config().setAutoRead(false);
            channel.receive(Arrays.copyOf(wire, wire.length / 2));
            int before = reads.get();

            channel.channel().config().setAutoRead(true);

            assertThat(sink.octets.size()).isGreaterThan(400_000);
            assertThat(reads.get()).isEqualTo(before + 1);
            channel.receive(Arrays.copyOfRange(wire, wire.length / 2, wire.length));
            channel.channel().pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
        assertThat(sink.failure).hasMessage("none");
    }

    @Test
    void whatIsLeftWhenTheChannelIsGoneIsBounded() {
        Sink sink = new Sink();
        try (CodecChannel channel = new CodecChannel(new InflateHandler(10_000, TOTAL), sink)) {
            channel.channel().config().setAutoRead(false);
            channel.receive(deflated(new byte[64 << 20]));
            channel.channel().close();
        }
        assertThat(sink.octets.size()).isLessThanOrEqualTo((InflateHandler.MAX_LAST_CHUNKS + 1) * InflateHandler.CHUNK);
        assertThat(sink.failure).isInstanceOf(DecompressionException.class);
    }

    @Test
    void aConsumerThatClosesInTheMiddleLeaksNothing() {
        ChannelInboundHandlerAdapter closer = new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ((ByteBuf) message).release();
                ctx.pipeline().remove(InflateHandler.class);
            }
        };
        try (CodecChannel channel = new CodecChannel(new InflateHandler(RATIO, TOTAL), closer)) {
            channel.receive(deflated(random(1_000_000)));
        }
    }

    @Property(tries = 100)
    void aSplitAtAnyIndexChangesNothing(@ForAll byte[] octets) {
        byte[] wire = deflated(octets);
        for (int i = 0; i <= wire.length; i++) {
            Sink sink = inflate(TOTAL, Arrays.copyOf(wire, i), Arrays.copyOfRange(wire, i, wire.length));
            assertThat(sink.octets.toByteArray()).isEqualTo(octets);
            assertThat(sink.failure).hasMessage("none");
        }
    }

    @Property(tries = 300)
    void hostileOctetsGiveNoOtherExceptionThanItsOwn(@ForAll byte[] octets) {
        byte[] wire = deflated(octets);
        for (int i = 0; i < Math.min(wire.length, octets.length); i += 7) {
            wire[i] ^= octets[i];
        }
        assertThat(inflate(TOTAL, wire).failure)
                .satisfiesAnyOf(
                        failure -> assertThat(failure).hasMessage("none"),
                        failure -> assertThat(failure).isInstanceOf(DecompressionException.class));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new InflateHandler(0, 1));
    }
}
