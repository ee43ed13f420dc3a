package io.portolan.sftp.server.internal.handle;

import io.portolan.core.internal.session.SessionEvents;
import io.portolan.fs.VirtualPath;
import io.portolan.session.TransferInfo;
import io.portolan.session.TransferInfo.Direction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells listeners what becomes of an open file. An upload begins when it is opened, a download with the first READ, as many clients open a file only to look whether
 * they may. A download is whole when all up to the end has been sent. On the event loop only.
 */
public final class TransferLog {

    private final SessionEvents events;
    private final Direction direction;
    private final VirtualPath path;
    private Instant startedAt = Instant.EPOCH;
    private long startedNanos;
    private long offset = -1;
    private long bytes;
    private boolean started;
    private boolean ended;
    private boolean endReached;

    public TransferLog(SessionEvents events, Direction direction, VirtualPath path) {
        this.events = events;
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

    /** Listeners are to be told how it goes. */
    public void progressed() {
        if (started && !ended) {
            events.transferProgressed(info());
        }
    }

    /** It was closed, and an upload is published. */
    public void closed() {
        if (direction == Direction.UPLOAD || endReached) {
            if (started && !ended) {
                ended = true;
                events.transferCompleted(info());
            }
        } else {
            aborted(new IOException("the client closed the file before its end"));
        }
    }

    /** It was closed otherwise. */
    public void aborted(Throwable cause) {
        if (started && !ended) {
            ended = true;
            events.transferAborted(info(), cause);
        }
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
