package io.portolan.ftp.client.internal.session;

import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.ftp.client.FtpConnectionException;
import io.portolan.ftp.client.internal.control.ControlConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** What a client has to end with itself: a connection, and what workers do for it. Made on the event loop. */
final class LiveSession {

    private final ControlConnection control;
    private final WorkerLane lane;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    LiveSession(ControlConnection control, WorkerLane lane) {
        this.control = control;
        this.lane = lane;
        // when the connection is gone its transfers have queued the closing of their files; behind it there is nothing
        control.closed().thenAccept(cause -> lane.close(this::lastTaskDone));
    }

    WorkerLane lane() {
        return lane;
    }

    /** The event loop has then been told of all that workers have done, and has let go of its buffers. */
    private void lastTaskDone() {
        try {
            control.loop().execute(() -> ended.complete(null));
        } catch (RejectedExecutionException e) {
            ended.complete(null);
        }
    }

    CompletableFuture<Void> ended() {
        return ended;
    }

    /** From any thread. */
    CompletableFuture<Void> close() {
        try {
            control.loop().execute(() -> control.close(new FtpConnectionException("the client has been closed", null)));
        } catch (RejectedExecutionException e) {
            ended.complete(null);
        }
        return ended;
    }
}
