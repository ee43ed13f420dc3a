package io.portolan.ftp.client.internal.retry;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.retry.Fingerprint;
import io.portolan.ftp.client.internal.command.Files;
import io.portolan.ftp.client.internal.session.ClientSession;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Asks by what a file is known again. */
final class Fingerprints {

    private Fingerprints() {}

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
}
