package io.portolan.sftp.server.internal.scp;

import io.portolan.core.internal.session.SessionEvents;
import io.portolan.fs.VirtualPath;
import io.portolan.session.TransferInfo;
import io.portolan.session.TransferInfo.Direction;
import java.time.Duration;
import java.time.Instant;

/** Tells listeners what becomes of one file's copy. On the copy's lane. */
final class ScpTransfer {

    private final SessionEvents events;
    private final Direction direction;
    private final VirtualPath path;
    private final Instant startedAt = Instant.now();
    private final long startedNanos = System.nanoTime();
    private long bytes;

    /** The copy begins. */
    ScpTransfer(SessionEvents events, Direction direction, VirtualPath path) {
        this.events = events;
        this.direction = direction;
        this.path = path;
        events.transferStarted(info());
    }

    /** Content was moved. */
    void moved(int octets) {
        bytes += octets;
    }

    /** Listeners are to be told how it goes. */
    void progressed() {
        events.transferProgressed(info());
    }

    /** It is whole. */
    void completed() {
        events.transferCompleted(info());
    }

    /** It is not. */
    void aborted(Throwable cause) {
        events.transferAborted(info(), cause);
    }

    private TransferInfo info() {
        return new TransferInfo(
                direction, path, 0, bytes, startedAt, Duration.ofNanos(System.nanoTime() - startedNanos), true);
    }
}
