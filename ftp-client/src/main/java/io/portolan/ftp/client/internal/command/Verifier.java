package io.portolan.ftp.client.internal.command;

import io.portolan.ftp.client.ChecksumAlgorithm;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpVerificationException;
import io.portolan.ftp.client.Verification;
import io.portolan.ftp.client.internal.session.ClientSession;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file is the same on both sides. Within an operation.
 *
 * @param way what is done: never {@link Verification#BEST}
 * @param hasher what has seen the whole file, if that is the way
 */
record Verifier(
        ClientSession session, Verification way, @Nullable Hasher hasher) {

    /**
     * Chooses what the server can do.
     *
     * @param wholeFile whether all of the file is seen here
     */
    static Verifier choose(ClientSession session, Verification wanted, boolean wholeFile) {
        Optional<ChecksumAlgorithm> best = wholeFile ? Checksums.best(session) : Optional.empty();
        return switch (wanted) {
            case NONE, SIZE -> new Verifier(session, wanted, null);
            case HASH ->
                new Verifier(
                        session,
                        wanted,
                        Hasher.of(best.orElseThrow(() -> new CompletionException(new FtpException(
                                wholeFile
                                        ? "the server tells no hash of files"
                                        : "only a part of the file is moved, which cannot be compared with a hash of the whole",
                                null,
                                false)))));
            case BEST ->
                best.isPresent()
                        ? new Verifier(session, Verification.HASH, Hasher.of(best.get()))
                        : new Verifier(session, session.has("SIZE") ? Verification.SIZE : Verification.NONE, null);
        };
    }

    /** Compares. */
    CompletableFuture<Void> check(String path, long size) {
        Hasher seen = hasher;
        if (way == Verification.SIZE) {
            return Files.size(session, path).thenAccept(told -> {
                if (told.isEmpty() || told.getAsLong() != size) {
                    throw new CompletionException(new FtpVerificationException(
                            path + ": has "
                                    + (told.isEmpty() ? "no size that the server tells" : told.getAsLong() + " octets")
                                    + " there, and " + size + " here",
                            null));
                }
            });
        }
        if (seen == null) {
            return CompletableFuture.completedFuture(null);
        }
        return Checksums.of(session, path, seen.algorithm()).thenAccept(there -> {
            String here = seen.value();
            if (!there.value().equals(here)) {
                throw new CompletionException(new FtpVerificationException(
                        path + ": its " + seen.algorithm().hashName() + " is " + there.value() + " there, and " + here
                                + " here",
                        null));
            }
        });
    }
}
