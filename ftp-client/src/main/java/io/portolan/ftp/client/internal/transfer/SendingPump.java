package io.portolan.ftp.client.internal.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.fs.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Has the lane fill one buffer while another is on its way: a slow server holds back the reading, there are never more than {@value #BUFFERS}. What the server says on this connection is read and thrown away,
 * since otherwise what protects it would wait, and the system would reset the connection at its end.
 */
final class SendingPump extends ChannelInboundHandlerAdapter implements Pump {

    static final int BUFFERS = 2;

    /** Large enough that the hops between threads are cheap against it. */
    static final int BUFFER_SIZE = 256 * 1024;

    /** With a rate limit: smaller portions, so that pauses are short. */
    private static final int THROTTLED_PORTION = 32 * 1024;

    /** A source that trickles is passed on after this time. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** What was read when the source was opened: a small file costs one call. */
    record Head(ByteBuf buffer, int length, boolean whole) {}

    private final Channel channel;
    private final EventLoop loop;
    private final WorkerLane lane;
    private final ReadableFile source;
    private final LongConsumer progress;
    private final Throttle throttle;
    private final Listener listener;
    private final Queue<ByteBuf> free = new ArrayDeque<>(BUFFERS);
    private int allocated;
    private int beingSent;
    private boolean reading;
    private boolean ended;
    private boolean over;
    private long octets;
    private long read;
    private @Nullable Head head;
    private @Nullable ByteBuf held;
    private @Nullable ScheduledFuture<?> pause;

    SendingPump(
            Channel channel,
            WorkerLane lane,
            ReadableFile source,
            Head head,
            LongConsumer progress,
            Throttle throttle,
            Listener listener) {
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.lane = lane;
        this.source = source;
        this.head = head;
        this.progress = progress;
        this.throttle = throttle;
        this.listener = listener;
    }

    /** How much to read at a time. */
    static int portion(Throttle throttle) {
        return throttle.isNone() ? BUFFER_SIZE : THROTTLED_PORTION;
    }

    /**
     * Fills a buffer. On the lane.
     *
     * @return whether the source has ended
     */
    static boolean fill(ReadableFile source, ByteBuffer view) throws IOException {
        long start = System.nanoTime();
        while (view.hasRemaining()) {
            if (source.read(view) < 0) {
                return true;
            }
            if (System.nanoTime() - start > PATIENCE_NANOS && view.position() > 0) {
                return false;
            }
        }
        return false;
    }

    @Override
    public void start() {
        Head first = head;
        head = null;
        if (first != null) {
            allocated++;
            reading = true;
            filled(first.buffer(), first.length(), first.whole(), null);
        }
    }

    private void fill() {
        if (reading || ended || held != null || over) {
            return;
        }
        ByteBuf buffer = free.poll();
        if (buffer == null) {
            if (allocated == BUFFERS) {
                return;
            }
            buffer = channel.alloc().directBuffer(BUFFER_SIZE, BUFFER_SIZE);
            allocated++;
        }
        reading = true;
        ByteBuf target = buffer;
        ByteBuffer view = target.nioBuffer(0, portion(throttle));
        long before = read;
        lane.call(
                () -> {
                    // those before have left or will: told here, as whoever is told may take a while
                    progress.accept(before);
                    return fill(source, view);
                },
                loop,
                (end, failure) -> filled(target, view.position(), end != null && end, failure));
    }

    private void filled(ByteBuf buffer, int length, boolean end, @Nullable Throwable failure) {
        reading = false;
        if (over) {
            buffer.release();
            return;
        }
        if (failure != null) {
            buffer.release();
            over = true;
            listener.localFailed(failure);
            return;
        }
        ended = end;
        if (length == 0) {
            buffer.release();
            allocated--;
            if (end) {
                endWhenSent();
            } else {
                fill();
            }
            return;
        }
        buffer.setIndex(0, length);
        read += length;
        beingSent++;
        long wait = throttle.nanosToWait(length);
        if (wait > 0) {
            held = buffer;
            pause = loop.schedule(this::goOn, wait, TimeUnit.NANOSECONDS);
        } else {
            send(buffer);
        }
    }

    private void goOn() {
        ByteBuf buffer = held;
        held = null;
        pause = null;
        if (buffer != null) {
            send(buffer);
        }
    }

    private void send(ByteBuf buffer) {
        int length = buffer.readableBytes();
        channel.writeAndFlush(buffer.retain()).addListener(sent -> sent(buffer, length, sent.cause()));
        fill();
    }

    private void sent(ByteBuf buffer, int length, @Nullable Throwable failure) {
        beingSent--;
        if (over) {
            buffer.release();
            return;
        }
        if (failure != null) {
            buffer.release();
            fail(failure);
            return;
        }
        octets += length;
        if (buffer.refCnt() == 1) {
            free.add(buffer);
        } else {
            buffer.release();
            allocated--;
        }
        endWhenSent();
        fill();
    }

    private void endWhenSent() {
        if (ended && beingSent == 0 && !over) {
            over = true;
            release();
            listener.moved();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            if (over) {
                ctx.close();
            }
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(new IOException("the server has closed the data connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause);
    }

    private void fail(Throwable cause) {
        if (!over) {
            over = true;
            listener.connectionFailed(cause);
        }
    }

    @Override
    public void stop() {
        over = true;
        release();
    }

    private void release() {
        free.forEach(ByteBuf::release);
        free.clear();
        if (pause != null) {
            pause.cancel(false);
            pause = null;
        }
        if (held != null) {
            held.release();
            held = null;
        }
        Head first = head;
        head = null;
        if (first != null) {
            first.buffer().release();
        }
    }

    @Override
    public long octets() {
        return octets;
    }

    @Override
    public boolean waitsForServer() {
        return beingSent > 0 && held == null;
    }
}
