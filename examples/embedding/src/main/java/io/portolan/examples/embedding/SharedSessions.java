package io.portolan.examples.embedding;

import io.portolan.ftp.client.FtpLease;
import io.portolan.ftp.client.FtpPool;
import java.io.IOException;
import java.nio.file.Path;

/** Files that are sent now and then, by whichever thread has one, without a login for each. */
final class SharedSessions {

    private SharedSessions() {}

    static void send(FtpPool pool, Path report, String path) throws IOException {
        // tag::pool[]
        try (FtpLease lease = pool.leaseBlocking()) {
            lease.blocking().upload(report, path);
        }
        // end::pool[]
    }
}
