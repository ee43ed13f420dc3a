package io.portolan.sftp.client.internal.transfer;

import io.portolan.core.internal.concurrent.Futures;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpStatusException;
import io.portolan.sftp.client.internal.protocol.SftpRequests;
import java.util.concurrent.CompletableFuture;

/** Gives a file another name, whatever has that: in one step where the server can do that; else nobody has the file for a moment. */
public final class Replacement {

    private Replacement() {}

    /** On the event loop. */
    public static CompletableFuture<Void> of(SftpRequests requests, String from, String to) {
        if (requests.canReplace()) {
            return requests.replace(from, to)
                    .handle((placed, failure) -> failure == null
                            ? CompletableFuture.<Void>completedFuture(null)
                            : isUnsupported(failure)
                                    ? removeAndRename(requests, from, to)
                                    : CompletableFuture.<Void>failedFuture(Futures.unwrap(failure)))
                    .thenCompose(placed -> placed);
        }
        return removeAndRename(requests, from, to);
    }

    private static boolean isUnsupported(Throwable failure) {
        return Futures.unwrap(failure) instanceof SftpStatusException status && status.isUnsupported();
    }

    private static CompletableFuture<Void> removeAndRename(SftpRequests requests, String from, String to) {
        return requests.remove(to)
                .handle((removed, failure) -> failure == null
                        ? requests.rename(from, to).exceptionallyCompose(refused -> kept(refused, from, to))
                        : requests.rename(from, to))
                .thenCompose(renamed -> renamed);
    }

    private static CompletableFuture<Void> kept(Throwable refused, String from, String to) {
        Throwable cause = Futures.unwrap(refused);
        // what ends the session says more by its own type, and nothing can be removed any more
        return CompletableFuture.failedFuture(
                cause instanceof SftpStatusException ? new KeptException(from, to, cause) : cause);
    }

    /** What was to be replaced is gone, and what was to replace it has the name that it had: it is the only one there is, and not to be removed. */
    public static final class KeptException extends SftpException {

        private static final long serialVersionUID = 1L;

        KeptException(String from, String to, Throwable cause) {
            super(to + ": was removed to make room, and is whole as " + from + ": " + cause.getMessage(), cause, false);
        }
    }
}
