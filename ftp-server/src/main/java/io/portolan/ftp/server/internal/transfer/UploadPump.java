package io.portolan.ftp.server.internal.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.fs.WritableFile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands what the peer sends to the lane, a batch at a time. When the file is slower than the peer, reading stops: no more than {@value #HIGH_WATER} bytes,
 * {@value #MAX_BUFFERS} buffers and one read wait to be written.
 */
final class UploadPump extends ChannelInboundHandlerAdapter implements Pump {

    /** Where reading from the peer stops: what the socket gives while one batch is written, a few times over. */
    static final int HIGH_WATER = 1024 * 1024;

    /** Where it goes on. */
    static final int LOW_WATER = HIGH_WATER / 2;

    /** The same in buffers. A peer that sends octet by octet, or records of TLS with an octet each, makes us hold far more than its octets: each has a buffer of its own, of {@value #MIN_READ} bytes where it is a read's. */
    static final int MAX_BUFFERS = 1024;

    private static final int MIN_READ = 2 * 1024;
    private static final int FIRST_READ = 16 * 1024;
    private static final int MAX_READ = 256 * 1024;

    /** Where there is a limit to the bandwidth: who waits for a quarter of a mebibyte to have flowed, among others that do, waits for long. */
    private static final int MAX_THROTTLED_READ = 64 * 1024;

    /** So many reads of one upload before the loop looks at the others. */
    private static final int READS_PER_TURN = 4;

    private final Channel channel;
    private final EventLoop loop;
    private final WorkerLane lane;
    private final WritableFile sink;
    private final Throttle throttle;
    private final Listener listener;
    private List<ByteBuf> waiting = new ArrayList<>();
    private int held;

    /** How many buffers that is. */
    private int buffers;

    private boolean writing;
    private boolean writeScheduled;
    /** Until when the throttle keeps us from reading, or null. */
    private @Nullable ScheduledFuture<?> pause;

    private boolean atEnd;
    private boolean reported;
    private boolean stopped;
    private long bytes;
    private long lastRead = System.nanoTime();
    private long pauseBeforeEnd;

    UploadPump(Channel channel, WorkerLane lane, WritableFile sink, Throttle throttle, Listener listener) {
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.lane = lane;
        this.sink = sink;
        this.throttle = throttle;
        this.listener = listener;
    }

    @Override
    public void start() {
        // the reads begin with what many a file fits in, and grow to what makes the hop to the lane cheap
        channel.config()
                .setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(
                                MIN_READ, FIRST_READ, throttle == Throttle.NONE ? MAX_READ : MAX_THROTTLED_READ)
                        .maxMessagesPerRead(READS_PER_TURN));
        channel.config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        if (stopped || reported) {
            buffer.release();
            return;
        }
        lastRead = System.nanoTime();
        int length = buffer.readableBytes();
        held += length;
        buffers++;
        waiting.add(buffer);
        long wait = throttle.nanosToWait(length);
        if (wait > 0) {
            pauseFor(wait);
        }
        regulate();
        // not when the reading is complete: a handler before us may have been told of the end, and gives away what it
        // held without another word
        writeSoon();
    }

    /** One read can bring many messages (TLS, MODE Z), of which the last waits longest. */
    private void pauseFor(long nanos) {
        if (pause != null) {
            pause.cancel(false);
        }
        pause = loop.schedule(this::goOn, nanos, TimeUnit.NANOSECONDS);
    }

    private void goOn() {
        pause = null;
        regulate();
    }

    private void regulate() {
        // at the end there is nothing more to read; the channel may be closed already, and would fail. A handler before
        // us (MODE Z) may still hold what came before the
        // end, and the end itself, until it is asked for more
        if (stopped || atEnd || !channel.isActive()) {
            return;
        }
        if (pause != null || held >= HIGH_WATER || buffers >= MAX_BUFFERS) {
            channel.config().setAutoRead(false);
        } else if (held <= LOW_WATER && buffers <= MAX_BUFFERS / 2) {
            channel.config().setAutoRead(true);
        }
    }

    /** In the loop's next turn: then it is known whether the peer's end came with the bytes, and these can be written and published in one go. */
    private void writeSoon() {
        if (!writeScheduled) {
            writeScheduled = true;
            loop.execute(() -> {
                writeScheduled = false;
                writeNext();
            });
        }
    }

    private void writeNext() {
        if (writing || stopped || reported) {
            return;
        }
        if (atEnd) {
            reported = true;
            listener.pumped();
            return;
        }
        if (waiting.isEmpty()) {
            return;
        }
        writing = true;
        Batch batch = takeWaiting();
        lane.call(
                () -> {
                    batch.writeTo(sink);
                    return batch;
                },
                loop,
                (same, failure) -> written(batch, failure));
    }

    private Batch takeWaiting() {
        List<ByteBuf> taken = waiting;
        waiting = new ArrayList<>(taken.size());
        return new Batch(taken);
    }

    private void written(Batch batch, @Nullable Throwable failure) {
        writing = false;
        batch.release();
        if (stopped) {
            return;
        }
        held -= batch.length();
        buffers -= batch.buffers();
        if (failure != null) {
            reported = true;
            listener.fileFailed(failure);
            return;
        }
        bytes += batch.length();
        regulate();
        writeNext();
    }

    /** What has come last, to be written by whoever publishes the file; called once, after {@link Listener#pumped}. */
    Batch takeTail() {
        return takeWaiting();
    }

    /** The tail is written. */
    void tailWritten(Batch tail) {
        held -= tail.length();
        buffers -= tail.buffers();
        bytes += tail.length();
    }

    /** How many bytes have come, written or not. */
    long received() {
        return bytes + held;
    }

    private void end() {
        if (!atEnd) {
            atEnd = true;
            pauseBeforeEnd = System.nanoTime() - lastRead;
        }
        writeNext();
    }

    /** How long nothing had come before the end came, in nanoseconds. */
    long pauseBeforeEnd() {
        return pauseBeforeEnd;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            end();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!stopped && !reported) {
            reported = true;
            listener.connectionFailed(cause);
        }
    }

    @Override
    public void stop() {
        stopped = true;
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        if (pause != null) {
            pause.cancel(false);
            pause = null;
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public boolean waitsForPeer() {
        return !writing && waiting.isEmpty();
    }

    @Override
    public boolean isHeldBack() {
        return pause != null;
    }
}
