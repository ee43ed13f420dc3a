package io.portolan.ftp.client.internal.command;

import io.portolan.core.internal.concurrent.Futures;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.internal.session.ClientSession;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gives a file that has come whole the name of one that may be there. Most servers replace that one; with those that refuse it, it gets another name before, and is deleted behind. So for a moment there is none of that name, but
 * both are there at any time, and when something fails the old one gets its name back.
 */
public final class Replacement {

    private static final String OLD = ".old";

    private final ClientSession session;
    private final String whole;
    private final String path;
    private final String old;

    private Replacement(ClientSession session, String whole, String path) {
        this.session = session;
        this.whole = whole;
        this.path = path;
        long tag = ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE;
        this.old = path + "." + Long.toString(tag, Character.MAX_RADIX) + OLD;
    }

    /** Within an operation. */
    public static CompletableFuture<FtpReply> by(ClientSession session, String whole, String path) {
        Replacement replacement = new Replacement(session, whole, path);
        return Files.rename(session, whole, path)
                .exceptionallyCompose(refused -> replacement.refused(Futures.unwrap(refused)));
    }

    private CompletableFuture<FtpReply> refused(Throwable cause) {
        CompletableFuture<FtpReply> failed = CompletableFuture.failedFuture(cause);
        if (!(cause instanceof FtpReplyException refusal) || !refusal.reply().isPermanentError()) {
            return failed;
        }
        return isFile().thenCompose(there -> there ? around(refusal) : failed);
    }

    /** Directories are not to be moved away. */
    private CompletableFuture<Boolean> isFile() {
        return Files.stat(session, path)
                .handle((entry, failure) ->
                        failure == null && entry.filter(there -> there.isFile()).isPresent());
    }

    private CompletableFuture<FtpReply> around(FtpReplyException refusal) {
        return Files.rename(session, path, old)
                .handle((moved, failure) -> failure == null
                        ? Files.rename(session, whole, path)
                                .handle((done, refused) -> refused == null ? forget(done) : restore(refused))
                                .thenCompose(next -> next)
                        : CompletableFuture.<FtpReply>failedFuture(refusal))
                .thenCompose(next -> next);
    }

    /** One that cannot be deleted is no reason to take the new one for none. */
    private CompletableFuture<FtpReply> forget(FtpReply done) {
        return session.tried("DELE", old).handle((reply, failure) -> done);
    }

    private CompletableFuture<FtpReply> restore(Throwable refused) {
        Throwable cause = Futures.unwrap(refused);
        return Files.rename(session, old, path)
                .handle((back, failure) -> Optional.ofNullable(failure))
                .thenCompose(failure -> CompletableFuture.failedFuture(
                        failure.isEmpty()
                                ? cause
                                : new FtpException(
                                        "RNTO " + path + ": " + cause.getMessage() + "; what was there before is now "
                                                + old,
                                        cause,
                                        cause instanceof FtpException known && known.isRetryable())));
    }
}
