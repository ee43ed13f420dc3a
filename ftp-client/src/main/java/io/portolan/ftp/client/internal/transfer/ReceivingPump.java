package io.portolan.ftp.client.internal.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.fs.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives the lane what the server sends, as much at a time as has come while it was at work. When that is slower than the server, reading stops: what waits is bounded in octets and in buffers.
 */
final class ReceivingPump extends ChannelInboundHandlerAdapter implements Pump {

    /** Where reading stops: what a few reads of the socket bring. */
    static final int HIGH_WATER = 1024 * 1024;

    /** Where it goes on. */
    static final int LOW_WATER = HIGH_WATER / 2;

    /** The same in buffers, each of which costs far more than an octet that may be all that it holds. */
    static final int MAX_BUFFERS = 1024;

    /** What is given to the lane at a time, where the server sends fast: to wake a thread costs as much as to move tens of kibibytes. */
    static final int PORTION = 256 * 1024;

    /** How long less than a portion waits for more. */
    private static final long LINGER_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Channel channel;
    private final EventLoop loop;
    private final WorkerLane lane;
    private final WritableFile sink;
    private final LongConsumer progress;
    private final Throttle throttle;
    private final Listener listener;
    private List<ByteBuf> waiting = new ArrayList<>();
    private int held;
    private int buffers;
    private boolean writing;
    private boolean writeScheduled;
    private @Nullable ScheduledFuture<?> lingering;
    private boolean atEnd;
    private boolean over;
    private long octets;
    private @Nullable ScheduledFuture<?> pause;

    ReceivingPump(
            Channel channel,
            WorkerLane lane,
            WritableFile sink,
            LongConsumer progress,
            Throttle throttle,
            Listener listener) {
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.lane = lane;
        this.sink = sink;
        this.progress = progress;
        this.throttle = throttle;
        this.listener = listener;
    }

    @Override
    public void start() {
        channel.config().setAutoRead(true);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        if (over || atEnd) {
            buffer.release();
            return;
        }
        int length = buffer.readableBytes();
        held += length;
        buffers++;
        waiting.add(buffer);
        long wait = throttle.nanosToWait(length);
        if (wait > 0) {
            pauseFor(wait);
        }
        regulate();
        writeSoon();
    }

    private void pauseFor(long nanos) {
        if (pause != null) {
            pause.cancel(false);
        }
        pause = loop.schedule(
                () -> {
                    pause = null;
                    regulate();
                },
                nanos,
                TimeUnit.NANOSECONDS);
    }

    private void regulate() {
        if (over || atEnd || !channel.isActive()) {
            return;
        }
        if (pause != null || held >= HIGH_WATER || buffers >= MAX_BUFFERS) {
            channel.config().setAutoRead(false);
        } else if (held <= LOW_WATER && buffers <= MAX_BUFFERS / 2) {
            channel.config().setAutoRead(true);
        }
    }

    /** A portion at once, but in the loop's next turn, when all that this read has brought is here; less of it when nothing more has come for a while. */
    private void writeSoon() {
        if (writing || writeScheduled) {
            return;
        }
        if (held >= PORTION) {
            writeScheduled = true;
            loop.execute(() -> {
                writeScheduled = false;
                writeNext();
            });
        } else if (lingering == null) {
            lingering = loop.schedule(this::writeNext, LINGER_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void writeNext() {
        if (writing || over) {
            return;
        }
        if (lingering != null) {
            lingering.cancel(false);
            lingering = null;
        }
        if (waiting.isEmpty()) {
            if (atEnd) {
                over = true;
                listener.moved();
            }
            return;
        }
        writing = true;
        List<ByteBuf> batch = waiting;
        waiting = new ArrayList<>(batch.size());
        ByteBuffer[] views = new ByteBuffer[batch.size()];
        int length = 0;
        for (int i = 0; i < views.length; i++) {
            views[i] = batch.get(i).nioBuffer();
            length += views[i].remaining();
        }
        int sum = length;
        long before = octets;
        // the buffers stay with the loop, as nothing of Netty may be called elsewhere
        lane.<Void>call(
                () -> {
                    write(views);
                    progress.accept(before + sum);
                    return null;
                },
                loop,
                (nothing, failure) -> written(batch, sum, failure));
    }

    private void write(ByteBuffer[] views) throws IOException {
        for (ByteBuffer view : views) {
            sink.write(view);
        }
    }

    private void written(List<ByteBuf> batch, int length, @Nullable Throwable failure) {
        writing = false;
        batch.forEach(ByteBuf::release);
        if (over) {
            return;
        }
        held -= length;
        buffers -= batch.size();
        if (failure != null) {
            over = true;
            listener.localFailed(failure);
            return;
        }
        octets += length;
        regulate();
        writeNext();
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

    private void end() {
        atEnd = true;
        writeNext();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!over) {
            over = true;
            listener.connectionFailed(cause);
        }
    }

    @Override
    public void stop() {
        over = true;
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        if (lingering != null) {
            lingering.cancel(false);
            lingering = null;
        }
        if (pause != null) {
            pause.cancel(false);
            pause = null;
        }
    }

    @Override
    public long octets() {
        return octets + held;
    }

    @Override
    public boolean waitsForServer() {
        return !writing && waiting.isEmpty() && pause == null;
    }
}
