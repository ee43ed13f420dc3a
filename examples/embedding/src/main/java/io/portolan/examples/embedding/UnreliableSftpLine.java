package io.portolan.examples.embedding;

import io.portolan.sftp.client.ResilientSftp;
import io.portolan.sftp.client.SftpClient;
import java.io.IOException;
import java.nio.file.Path;

/** As {@link UnreliableLine}, by SFTP. */
final class UnreliableSftpLine {

    private UnreliableSftpLine() {}

    static void exchange(SftpClient client, Path report, Path answer) throws IOException {
        // tag::sftpretry[]
        try (ResilientSftp sftp = client.resilient()) {
            sftp.upload(report, "/inbox/report.csv");
            sftp.download("/outbox/answer.csv", answer);
        }
        // end::sftpretry[]
    }
}
