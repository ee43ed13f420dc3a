package io.portolan.sftp.client.internal.retry;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.retry.Fingerprint;
import io.portolan.sftp.client.internal.session.ClientSession;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Asks by what a file is known again. */
final class Fingerprints {

    private Fingerprints() {}

    /** Of a file that has to be there. Blocks. */
    static Fingerprint of(ClientSession session, String path) throws IOException {
        CompletableFuture<Fingerprint> asked = session.submit(() -> session.requests()
                .stat(path, true)
                .thenApply(attributes -> new Fingerprint(attributes.size(), attributes.modified())));
        return Delivery.await(asked, () -> asked.cancel(false));
    }
}
