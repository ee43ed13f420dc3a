package io.portolan.examples.embedding;

import io.portolan.sftp.client.BlockingSftpSession;
import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.SftpClient;
import java.io.IOException;
import java.nio.file.Path;

/** A report is delivered, and an answer fetched. */
final class HelloSftpClient {

    private HelloSftpClient() {}

    static void deliver(String host, int port, HostKeys known, Path report, Path answer) throws IOException {
        // tag::sftpclient[]
        SftpClient.Builder settings = SftpClient.builder().host(host).port(port).hostKeys(known);
        try (SftpClient client = settings.user("alice", "secret").build();
                BlockingSftpSession session = client.connectBlocking()) {
            session.upload(report, "/inbox/report.csv");
            session.download("/outbox/answer.csv", answer);
        }
        // end::sftpclient[]
    }
}
