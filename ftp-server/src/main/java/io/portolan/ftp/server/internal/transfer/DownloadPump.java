package io.portolan.ftp.server.internal.transfer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.fs.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads on the lane into one buffer while another is on its way to the socket. A slow peer holds back the reading: there are never more than
 * {@value #BUFFERS} buffers.
 */
final class DownloadPump extends OutgoingPump {

    /** One is filled while the other is sent; a third would only hide a slow peer. */
    static final int BUFFERS = 2;

    /**
     * Large enough that the two hops between threads are cheap against it: over TLS, 128 KiB took 0.6 s of processor time for a GiB where this takes 0.5. Small enough
     * for a thousand transfers in 512 MiB; plain files take as little time this way as in the kernel's hands, and no disk is read on an event loop.
     */
    static final int BUFFER_SIZE = 256 * 1024;

    /** A source that trickles is passed on after this time, even if the buffer is not full. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** What a throttled download reads first; then less or more, by how long the throttle holds it: many slow ones are all to be served before their clients lose patience. */
    private static final int FIRST_PORTION = 16 * 1024;

    /** Less than this costs more than it is worth. */
    static final int MIN_PORTION = 4 * 1024;

    /** A portion that is held for longer is too large. */
    private static final long LONG_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Channel channel;
    private final EventLoop loop;
    private final WorkerLane lane;
    private final ReadableFile source;
    private final @Nullable Head head;
    private final Throttle throttle;
    private final Deque<ByteBuf> free = new ArrayDeque<>(BUFFERS);
    private final boolean throttling;
    private int portion;
    private int allocated;
    private int beingSent;
    private boolean reading;
    private boolean ended;
    private long bytes;

    /** What the throttle holds back. Nothing more is read meanwhile, which could overtake it. */
    private @Nullable ByteBuf held;

    private @Nullable ScheduledFuture<?> pause;

    /**
     * Makes a pump.
     *
     * @param head what has been read already, or null
     */
    DownloadPump(
            Channel channel,
            WorkerLane lane,
            ReadableFile source,
            @Nullable Head head,
            Throttle throttle,
            Listener listener) {
        super(listener);
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.lane = lane;
        this.source = source;
        this.head = head;
        this.throttle = throttle;
        this.throttling = throttle != Throttle.NONE;
        this.portion = throttling ? FIRST_PORTION : BUFFER_SIZE;
    }

    @Override
    public void start() {
        if (head != null) {
            allocated++;
            filled(Unpooled.wrappedBuffer(head.bytes()), head.bytes().remaining(), head.whole(), null);
            if (isStopped()) {
                return;
            }
        }
        // reading finds out when the peer goes away; what it sends is thrown away
        channel.config().setAutoRead(true);
        fill();
    }

    private void fill() {
        if (reading || ended || held != null || isStopped()) {
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
        ByteBuffer view = target.nioBuffer(0, portion);
        lane.call(
                () -> readInto(view),
                loop,
                (end, failure) -> filled(target, view.position(), end != null && end, failure));
    }

    /** Whether the end was reached. */
    private boolean readInto(ByteBuffer view) throws IOException {
        long start = System.nanoTime();
        while (view.hasRemaining()) {
            if (source.read(view) < 0) {
                return true;
            }
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                return false;
            }
        }
        return false;
    }

    private void filled(ByteBuf buffer, int length, boolean end, @Nullable Throwable failure) {
        reading = false;
        if (isStopped()) {
            buffer.release();
            return;
        }
        if (failure != null) {
            buffer.release();
            allocated--;
            ended = true;
            listener().fileFailed(failure);
            return;
        }
        ended = end;
        if (length == 0) {
            buffer.release();
            allocated--;
            if (end) {
                completeWhenSent();
            } else {
                fill();
            }
            return;
        }
        buffer.setIndex(0, length);
        // counted before it waits: the download is not over while the throttle holds its tail
        beingSent++;
        long wait = throttle.nanosToWait(length);
        if (throttling) {
            adapt(wait);
        }
        if (wait > 0) {
            held = buffer;
            pause = loop.schedule(this::goOn, wait, TimeUnit.NANOSECONDS);
        } else {
            send(buffer);
        }
    }

    private void adapt(long wait) {
        if (wait == 0) {
            portion = Math.min(BUFFER_SIZE, portion * 2);
        } else if (wait > LONG_PAUSE_NANOS) {
            portion = Math.max(MIN_PORTION, portion / 2);
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
        ChannelFuture sent = channel.writeAndFlush(buffer.retain());
        sent.addListener(future -> sent(buffer, length, future.cause()));
        fill();
    }

    private void sent(ByteBuf buffer, int length, @Nullable Throwable failure) {
        beingSent--;
        if (isStopped()) {
            buffer.release();
            return;
        }
        if (failure != null) {
            buffer.release();
            allocated--;
            ended = true;
            listener().connectionFailed(failure);
            return;
        }
        bytes += length;
        if (buffer.refCnt() == 1 && buffer.capacity() == BUFFER_SIZE) {
            free.add(buffer);
        } else {
            // the head, or one that a handler behind us still holds
            buffer.release();
            allocated--;
        }
        completeWhenSent();
        fill();
    }

    private void completeWhenSent() {
        if (ended && beingSent == 0 && !isStopped()) {
            listener().pumped();
        }
    }

    @Override
    public void stop() {
        super.stop();
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
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public boolean waitsForPeer() {
        return beingSent > 0;
    }

    @Override
    public boolean isHeldBack() {
        return held != null;
    }
}
