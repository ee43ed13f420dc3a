package io.portolan.examples.embedding;

import io.portolan.sftp.client.SftpLease;
import io.portolan.sftp.client.SftpPool;
import java.io.IOException;
import java.nio.file.Path;

/** Files that are sent by SFTP now and then, by whichever thread has one, over few connections. */
final class SharedChannels {

    private SharedChannels() {}

    static void send(SftpPool pool, Path report, String path) throws IOException {
        // tag::sftppool[]
        try (SftpLease lease = pool.leaseBlocking()) {
            lease.blocking().upload(report, path);
        }
        // end::sftppool[]
    }
}
