package io.portolan.examples.embedding;

import io.portolan.ftp.client.BlockingFtpSession;
import io.portolan.ftp.client.FtpClient;
import java.io.IOException;
import java.nio.file.Path;

/** A report is delivered, and an answer fetched. */
final class HelloFtpClient {

    private HelloFtpClient() {}

    static void deliver(String host, int port, Path report, Path answer) throws IOException {
        // tag::client[]
        FtpClient.Builder settings = FtpClient.builder().host(host).port(port);
        try (FtpClient client = settings.user("alice", "secret").build();
                BlockingFtpSession session = client.connectBlocking()) {
            session.upload(report, "/inbox/report.csv");
            session.download("/outbox/answer.csv", answer);
        }
        // end::client[]
    }
}
