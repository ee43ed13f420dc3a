package io.portolan.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.server.FtpServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

// tag::test[]
class ReportDeliveryTest {
    private final InMemoryFileSystem files = InMemoryFileSystem.create();

    @AutoClose
    private final FtpServer server =
            FtpServer.builder().port(0).user("alice", "secret").files(files).start();

    @Test
    void theReportArrives() throws Exception {
        ReportDelivery.send(server.port());

        assertThat(files.stat(VirtualPath.of("/report.csv"), LinkHandling.FOLLOW)
                        .size())
                .isEqualTo(6);
    }
}
// end::test[]
