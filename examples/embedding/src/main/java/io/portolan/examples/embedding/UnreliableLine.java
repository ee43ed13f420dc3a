package io.portolan.examples.embedding;

import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.ResilientFtp;
import io.portolan.transfer.RetryPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Files over a line that breaks, to a server that is restarted now and then. */
final class UnreliableLine {

    private UnreliableLine() {}

    static void exchange(FtpClient client, Path report, Path answer) throws IOException {
        // tag::retry[]
        RetryPolicy policy = RetryPolicy.builder()
                .attempts(10)
                .longestWait(Duration.ofMinutes(1))
                .build();
        try (ResilientFtp ftp = client.resilient(policy)) {
            ftp.upload(report, "/inbox/report.csv");
            ftp.download("/outbox/answer.csv", answer);
        }
        // end::retry[]
    }
}
