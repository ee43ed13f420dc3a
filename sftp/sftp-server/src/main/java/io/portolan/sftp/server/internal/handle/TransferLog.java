package io.portolan.sftp.server.internal.handle;

import io.netty.util.concurrent.EventExecutor;
import io.portolan.core.internal.session.SessionEvents;
import io.portolan.fs.VirtualPath;
import io.portolan.session.TransferInfo;
import io.portolan.session.TransferInfo.Direction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells listeners what becomes of an open file. An upload begins when it is opened, a download with the first READ, as many clients open a file only to look whether
 * they may. A download is whole when all up to the end has been sent. On the event loop only.
 */
public final class TransferLog {

    private final SessionEvents events;
    private final Direction direction;
    private final VirtualPath path;
    private final EventExecutor loop;
    private final Duration interval;
    private @Nullable Future<?> ticks;
    private Instant startedAt = Instant.EPOCH;
    private long startedNanos;
    private long offset = -1;
    private long bytes;
    private boolean started;
    private boolean ended;
    private boolean endReached;

    /**
     * @param loop where it is used
     * @param interval how often listeners are told how it goes; zero for never
     */
    public TransferLog(
            SessionEvents events, Direction direction, VirtualPath path, EventExecutor loop, Duration interval) {
        this.events = events;
        this.loop = loop;
        this.interval = interval;
        this.direction = direction;
        this.path = path;
    }

    /** The file is open. */
    public void opened() {
        if (direction == Direction.UPLOAD) {
            start();
        }
    }

    private void start() {
        if (!started) {
            started = true;
            startedAt = Instant.now();
            startedNanos = System.nanoTime();
            events.transferStarted(info());
            if (!interval.isZero()) {
                long nanos = interval.toNanos();
                ticks = loop.scheduleAtFixedRate(this::progressed, nanos, nanos, TimeUnit.NANOSECONDS);
            }
        }
    }

    /** Content was moved. */
    public void moved(long at, int octets) {
        if (offset < 0) {
            offset = at;
        }
        start();
        bytes += octets;
    }

    /** A READ has found the end. */
    public void endReached() {
        start();
        endReached = true;
    }

    private void progressed() {
        events.transferProgressed(info());
    }

    /** It was closed, and an upload is published. */
    public void closed() {
        if (direction == Direction.UPLOAD || endReached) {
            if (end()) {
                events.transferCompleted(info());
            }
        } else {
            aborted(new IOException("the client closed the file before its end"));
        }
    }

    /** It was closed otherwise. */
    public void aborted(Throwable cause) {
        if (end()) {
            events.transferAborted(info(), cause);
        }
    }

    private boolean end() {
        if (!started || ended) {
            return false;
        }
        ended = true;
        if (ticks != null) {
            ticks.cancel(false);
        }
        return true;
    }

    private TransferInfo info() {
        return new TransferInfo(
                direction,
                path,
                Math.max(0, offset),
                bytes,
                startedAt,
                Duration.ofNanos(System.nanoTime() - startedNanos),
                true);
    }
}
