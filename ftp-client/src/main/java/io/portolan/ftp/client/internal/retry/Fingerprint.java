package io.portolan.ftp.client.internal.retry;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.ftp.client.internal.command.Files;
import io.portolan.ftp.client.internal.session.ClientSession;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * By what a file is known again: a change that keeps its size within the precision of its time is not seen.
 *
 * @param modified empty if the server does not tell it
 */
record Fingerprint(OptionalLong size, Optional<Instant> modified) {

    /** Of a file that may not be there. Blocks. */
    static Fingerprint of(ClientSession session, String path) throws IOException {
        CompletableFuture<Fingerprint> asked = session.submit(() -> session.has("MLST")
                ? Files.stat(session, path)
                        .thenApply(entry -> new Fingerprint(
                                entry.map(there -> there.size()).orElse(OptionalLong.empty()),
                                entry.flatMap(there -> there.modified())))
                : Files.size(session, path)
                        .thenCompose(size -> Files.modified(session, path)
                                .thenApply(time -> new Fingerprint(size, Optional.ofNullable(time)))));
        return Delivery.await(asked, () -> asked.cancel(false));
    }

    /** Whether this is certainly a file, and the same as the other. */
    boolean isSurely(Fingerprint other) {
        return size.isPresent() && modified.isPresent() && equals(other);
    }
}
