package io.portolan.sftp.client.internal.transfer;

import io.portolan.sftp.client.ChecksumAlgorithm;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpVerificationException;
import io.portolan.sftp.client.Verification;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file is the same on both sides.
 *
 * @param way what is done: never {@link Verification#BEST}
 * @param hasher what sees the whole file, if that is the way
 */
record Verifier(Verification way, @Nullable Hasher hasher) {

    /**
     * Chooses what the server can do.
     *
     * @param wholeFile whether all of the file is seen here
     * @throws SftpException if the server, or the transfer, cannot do what is wanted
     */
    static Verifier choose(Checksums checksums, Verification wanted, boolean wholeFile) throws SftpException {
        Optional<ChecksumAlgorithm> best = wholeFile ? checksums.best() : Optional.empty();
        return switch (wanted) {
            case NONE, SIZE -> new Verifier(wanted, null);
            case HASH ->
                new Verifier(
                        wanted,
                        Hasher.of(best.orElseThrow(() -> new SftpException(
                                wholeFile
                                        ? "the server tells no hash of files"
                                        : "only a part of the file is moved, which cannot be compared with a hash of the whole",
                                null,
                                false))));
            case BEST ->
                best.isPresent()
                        ? new Verifier(Verification.HASH, Hasher.of(best.get()))
                        : new Verifier(Verification.SIZE, null);
        };
    }

    /** Compares the hashes, if that is the way. */
    CompletableFuture<Void> checkHash(Checksums checksums, String path) {
        Hasher seen = hasher;
        if (seen == null) {
            return CompletableFuture.completedFuture(null);
        }
        return checksums.of(path, seen.algorithm()).thenApply(there -> {
            String here = seen.value();
            if (!there.value().equals(here)) {
                throw new CompletionException(new SftpVerificationException(
                        path + ": its " + seen.algorithm().hashName() + " is " + there.value() + " there, and " + here
                                + " here",
                        null));
            }
            return null;
        });
    }

    /** Compares the sizes. */
    static @Nullable SftpException compareSize(String path, OptionalLong there, long here) {
        if (there.isPresent() && there.getAsLong() == here) {
            return null;
        }
        return new SftpVerificationException(
                path + ": has "
                        + (there.isEmpty() ? "no size that the server tells" : there.getAsLong() + " octets")
                        + " there, and " + here + " here",
                null);
    }
}
