package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.ports.PortRange;
import io.portolan.testing.FreePorts;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ActiveModeTest extends ClientTest {

    @Override
    FtpClient.Builder settings(FtpClient.Builder builder) {
        return builder.dataMode(DataMode.ACTIVE);
    }

    @Test
    void theServerConnectsToUsBothWays() throws Exception {
        try (BlockingFtpSession session = client.connectBlocking()) {
            for (int i = 0; i < 5; i++) {
                session.upload(TransferSource.fromBytes(new byte[100_000]), "/file", UploadOptions.defaults());
                ByteSink sink = TransferSink.toBytes(100_000);
                session.download("/file", sink, DownloadOptions.defaults());
                assertThat(sink.bytes()).hasSize(100_000);
            }
            assertThat(session.list("/")).hasSize(1);
        }
    }

    @Test
    void aServerThatDoesNotConnectIsNotWaitedForForEver() throws Exception {
        try (NastyServer nasty = NastyServer.start()) {
            nasty.on("RETR", (session, name) -> session.reply("150 Soon."));
            try (FtpClient other = another(builder -> builder.port(nasty.port())
                            .dataMode(DataMode.ACTIVE)
                            .timeouts(new FtpTimeouts(
                                    Duration.ofSeconds(1),
                                    Duration.ofSeconds(20),
                                    Duration.ofSeconds(20),
                                    Duration.ofSeconds(20),
                                    Duration.ofSeconds(1))));
                    BlockingFtpSession session = other.connectBlocking()) {
                assertThatThrownBy(
                                () -> session.download("/file", TransferSink.toBytes(10), DownloadOptions.defaults()))
                        .isInstanceOf(FtpTimeoutException.class)
                        .hasMessageContaining("passive mode");
            }
        }
    }

    @Test
    void onlyPortsOfTheRangeAreListenedOn() throws Exception {
        int port = FreePorts.inARow(2);
        try (FtpClient other = another(
                        builder -> builder.dataMode(DataMode.ACTIVE).activePorts(new PortRange(port, port + 1)));
                BlockingFtpSession session = other.connectBlocking()) {
            session.upload(TransferSource.fromBytes(new byte[10]), "/file", UploadOptions.defaults());
            assertThat(session.list("/")).hasSize(1);
        }
    }
}
