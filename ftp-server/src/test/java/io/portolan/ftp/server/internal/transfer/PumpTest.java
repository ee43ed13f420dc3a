package io.portolan.ftp.server.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.WritableFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pumps on a channel in memory, with a lane that runs when the test says so. */
class PumpTest {

    private final Queue<Runnable> workers = new ArrayDeque<>();
    private final WorkerLane lane = new WorkerLane(workers::add);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> reports = new ArrayList<>();
    private final Pump.Listener listener = new Pump.Listener() {
        @Override
        public void pumped() {
            reports.add("pumped");
        }

        @Override
        public void connectionFailed(Throwable cause) {
            reports.add("connection failed");
        }

        @Override
        public void fileFailed(Throwable cause) {
            reports.add("file failed");
        }
    };

    @AfterEach
    void nothingIsLeaked() {
        run();
        channel.finishAndReleaseAll();
    }

    private void run() {
        Runnable next;
        channel.runPendingTasks();
        while ((next = workers.poll()) != null) {
            next.run();
            channel.runPendingTasks();
        }
    }

    private void install(Pump pump) {
        channel.pipeline().addLast((ChannelHandler) pump);
        pump.start();
    }

    private byte[] sent() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuf buffer;
        while ((buffer = channel.readOutbound()) != null) {
            byte[] bytes = new byte[buffer.readableBytes()];
            buffer.readBytes(bytes);
            buffer.release();
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    // --- download

    @Test
    void aDownloadSendsEveryByteOfTheFileInOrder() {
        byte[] content = random(5 * DownloadPump.BUFFER_SIZE + 17);
        DownloadPump pump =
                new DownloadPump(channel, lane, new BytesFile(content, 1000), null, Throttle.NONE, listener);
        install(pump);
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        run();
        received.writeBytes(sent());
        assertThat(Arrays.equals(received.toByteArray(), content)).isTrue();
        assertThat(reports).containsExactly("pumped");
        assertThat(pump.bytes()).isEqualTo(content.length);
        pump.stop();
    }

    @Test
    void anEmptyFileIsADownloadOfNothing() {
        DownloadPump pump =
                new DownloadPump(channel, lane, new BytesFile(new byte[0], 1), null, Throttle.NONE, listener);
        install(pump);
        run();
        assertThat(sent()).isEmpty();
        assertThat(reports).containsExactly("pumped");
        pump.stop();
    }

    @Test
    void aFileThatFailsEndsTheDownloadAndKeepsNoBuffer() {
        ReadableFile broken = new BytesFile(random(300_000), 100_000) {
            @Override
            public int read(ByteBuffer target) throws IOException {
                if (position() > 200_000) {
                    throw new IOException("the disk is gone");
                }
                return super.read(target);
            }
        };
        DownloadPump pump = new DownloadPump(channel, lane, broken, null, Throttle.NONE, listener);
        install(pump);
        run();
        assertThat(reports).containsExactly("file failed");
        pump.stop();
        sent();
    }

    @Test
    void aDownloadThatIsStoppedWhileTheFileIsReadGivesItsBufferBack() {
        DownloadPump pump = new DownloadPump(
                channel, lane, new BytesFile(random(1_000_000), 100_000), null, Throttle.NONE, listener);
        install(pump);
        assertThat(workers).hasSize(1);
        pump.stop();
        run();
        assertThat(reports).isEmpty();
        assertThat(sent()).isEmpty();
    }

    @Test
    void aPeerThatClosesTheDataConnectionEndsTheDownload() {
        DownloadPump pump = new DownloadPump(
                channel, lane, new BytesFile(random(1_000_000), 100_000), null, Throttle.NONE, listener);
        install(pump);
        channel.close();
        channel.runPendingTasks();
        assertThat(reports).contains("connection failed");
        pump.stop();
        run();
        sent();
    }

    /** Lets so many bytes pass, and makes each portion after them wait for an hour more. */
    private static Throttle hoursAfter(int free) {
        AtomicLong counted = new AtomicLong();
        AtomicLong hours = new AtomicLong();
        return bytes -> counted.addAndGet(bytes) <= free ? 0 : TimeUnit.HOURS.toNanos(hours.incrementAndGet());
    }

    private void pass(int hours) {
        channel.advanceTimeBy(hours, TimeUnit.HOURS);
        channel.runScheduledPendingTasks();
        run();
    }

    @Test
    void aDownloadWhoseTailTheThrottleHoldsIsNotOver() {
        byte[] content = random(1_000_000);
        DownloadPump pump = new DownloadPump(
                channel, lane, new BytesFile(content, 100_000), null, hoursAfter(content.length - 1), listener);
        install(pump);
        run();
        int before = sent().length;
        assertThat(before).isLessThan(content.length);
        assertThat(pump.isHeldBack()).isTrue();
        assertThat(reports).isEmpty();
        pass(1);
        assertThat(sent()).hasSize(content.length - before);
        assertThat(pump.isHeldBack()).isFalse();
        assertThat(reports).containsExactly("pumped");
        pump.stop();
    }

    /** A loop that is busy calls what is due later than what has just come in. */
    @Test
    void nothingOvertakesWhatTheThrottleHolds() {
        byte[] content = random(200_000);
        Queue<Long> waits = new ArrayDeque<>(List.of(TimeUnit.HOURS.toNanos(1), 0L, TimeUnit.HOURS.toNanos(1)));
        DownloadPump pump = new DownloadPump(
                channel,
                lane,
                new BytesFile(content, 50_000),
                null,
                bytes -> waits.isEmpty() ? 0 : waits.remove(),
                listener);
        install(pump);
        run();
        assertThat(sent()).isEmpty();
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            pass(1);
            received.writeBytes(sent());
        }
        assertThat(Arrays.equals(received.toByteArray(), content)).isTrue();
        assertThat(reports).containsExactly("pumped");
        pump.stop();
    }

    @Test
    void whatIsHeldForLongComesInSmallerPortions() {
        List<Integer> portions = new ArrayList<>();
        Throttle slow = bytes -> {
            portions.add(bytes);
            return TimeUnit.HOURS.toNanos(1);
        };
        DownloadPump pump =
                new DownloadPump(channel, lane, new BytesFile(random(100_000), 100_000), null, slow, listener);
        install(pump);
        run();
        for (int i = 0; i < 5; i++) {
            pass(1);
        }
        assertThat(portions).startsWith(16 * 1024, 8 * 1024, DownloadPump.MIN_PORTION, DownloadPump.MIN_PORTION);
        pump.stop();
        sent();
    }

    @Test
    void whatIsHeldIsLetGoWhenADownloadIsStopped() {
        ByteBuffer head = ByteBuffer.wrap(random(1000));
        DownloadPump pump = new DownloadPump(
                channel, lane, new BytesFile(random(1000), 1000), new Head(head, false), hoursAfter(0), listener);
        install(pump);
        run();
        assertThat(pump.isHeldBack()).isTrue();
        pump.stop();
        assertThat(pump.isHeldBack()).isFalse();
        pass(2);
        assertThat(sent()).isEmpty();
        assertThat(reports).isEmpty();
    }

    // --- upload

    @Test
    void anUploadWritesEveryByteInOrderAndLeavesTheLastToWhoeverPublishesIt() throws IOException {
        Sink sink = new Sink();
        UploadPump pump = new UploadPump(channel, lane, sink, Throttle.NONE, listener);
        install(pump);
        byte[] content = random(3_000_001);
        for (int at = 0; at < content.length; at += 70_000) {
            channel.writeInbound(Unpooled.copiedBuffer(content, at, Math.min(70_000, content.length - at)));
            if (at % 3 == 0 && at + 70_000 < content.length) {
                run();
            }
        }
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(reports).isEmpty();
        run();
        assertThat(reports).containsExactly("pumped");
        assertThat(pump.received()).isEqualTo(content.length);
        Batch tail = pump.takeTail();
        tail.writeTo(sink);
        tail.release();
        pump.tailWritten(tail);
        assertThat(Arrays.equals(sink.bytes.toByteArray(), content)).isTrue();
        assertThat(pump.bytes()).isEqualTo(content.length);
        pump.stop();
    }

    @Test
    void readingStopsWhenTheFileIsSlowerThanThePeerAndGoesOnWhenItHasCaughtUp() {
        Sink sink = new Sink();
        UploadPump pump = new UploadPump(channel, lane, sink, Throttle.NONE, listener);
        install(pump);
        int sent = 0;
        while (channel.config().isAutoRead() && sent < 100 * UploadPump.HIGH_WATER) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[64 * 1024]));
            sent += 64 * 1024;
        }
        assertThat(sent).isEqualTo(UploadPump.HIGH_WATER);
        run();
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(sink.bytes.size()).isEqualTo(sent);
        pump.stop();
    }

    @Test
    void aPeerThatSendsOctetByOctetDoesNotMakeUsHoldABufferForEach() {
        Sink sink = new Sink();
        UploadPump pump = new UploadPump(channel, lane, sink, Throttle.NONE, listener);
        install(pump);
        int sent = 0;
        while (channel.config().isAutoRead() && sent < UploadPump.HIGH_WATER) {
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
            sent++;
        }
        assertThat(sent).isEqualTo(UploadPump.MAX_BUFFERS);
        run();
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(sink.bytes.size()).isEqualTo(sent);
        pump.stop();
    }

    @Test
    void aThrottledUploadReadsOnWhenAllThatOneReadHasBroughtHasHadItsTime() {
        UploadPump pump = new UploadPump(channel, lane, new Sink(), hoursAfter(0), listener);
        install(pump);
        // as TLS gives away the records of one read
        for (int i = 0; i < 3; i++) {
            channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer(new byte[1000]));
        }
        run();
        assertThat(channel.config().isAutoRead()).isFalse();
        pass(2);
        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(pump.isHeldBack()).isTrue();
        pass(1);
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(pump.isHeldBack()).isFalse();
        pump.stop();
    }

    @Test
    void aFileThatFailsEndsTheUploadOnce() {
        Sink sink = new Sink();
        sink.failure = new IOException("full");
        UploadPump pump = new UploadPump(channel, lane, sink, Throttle.NONE, listener);
        install(pump);
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[1000]));
        run();
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[1000]));
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        run();
        assertThat(reports).containsExactly("file failed");
        pump.stop();
    }

    @Test
    void whatWaitsToBeWrittenIsReleasedWhenAnUploadIsStopped() {
        UploadPump pump = new UploadPump(channel, lane, new Sink(), Throttle.NONE, listener);
        install(pump);
        ByteBuf first = Unpooled.buffer().writeZero(1000);
        ByteBuf second = Unpooled.buffer().writeZero(1000);
        channel.writeInbound(first);
        channel.writeInbound(second);
        pump.stop();
        run();
        assertThat(first.refCnt()).isZero();
        assertThat(second.refCnt()).isZero();
        assertThat(reports).isEmpty();
    }

    @Test
    void aResetIsReportedAndNotTakenForTheEnd() {
        UploadPump pump = new UploadPump(channel, lane, new Sink(), Throttle.NONE, listener);
        install(pump);
        channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        channel.close();
        run();
        assertThat(reports).containsExactly("connection failed");
        pump.stop();
    }

    /** A file of given bytes that is read in pieces. */
    private static class BytesFile implements ReadableFile {
        private final ByteBuffer content;
        private final int piece;

        BytesFile(byte[] content, int piece) {
            this.content = ByteBuffer.wrap(content);
            this.piece = piece;
        }

        int position() {
            return content.position();
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (!content.hasRemaining()) {
                return -1;
            }
            int length = Math.min(piece, Math.min(target.remaining(), content.remaining()));
            target.put(content.slice(content.position(), length));
            content.position(content.position() + length);
            return length;
        }

        @Override
        public void close() {}
    }

    private static final class Sink implements WritableFile {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private IOException failure;

        @Override
        public void write(ByteBuffer source) throws IOException {
            if (failure != null) {
                throw failure;
            }
            byte[] copy = new byte[source.remaining()];
            source.get(copy);
            bytes.writeBytes(copy);
        }

        @Override
        public void commit() {}

        @Override
        public void close() {}
    }
}
