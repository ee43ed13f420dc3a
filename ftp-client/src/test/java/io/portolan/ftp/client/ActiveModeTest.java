package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.ports.PortRange;
import io.portolan.testing.FreePorts;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

    private static int port(String argument) {
        String[] numbers = argument.split(",", -1);
        return Integer.parseInt(numbers[4]) << Byte.SIZE | Integer.parseInt(numbers[5]);
    }

    private static FtpClient.Builder active(NastyServer nasty) {
        return FtpClient.builder().host("127.0.0.1").port(nasty.port()).dataMode(DataMode.ACTIVE);
    }

    @Test
    void aConnectionThatComesBeforeItIsWantedIsClosedIfItNeverIs() throws Exception {
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        try (NastyServer nasty = NastyServer.start().file("/file", new byte[10])) {
            nasty.on("PORT", (session, argument) -> {
                session.active(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(argument)));
                session.withData(data -> {
                    data.whenEnded(content -> closed.complete(true));
                    session.reply("200 I am there.");
                });
            });
            nasty.reply("REST", "504 Not here.");
            try (FtpClient other = active(nasty).build();
                    BlockingFtpSession session = other.connectBlocking()) {
                assertThatThrownBy(() -> session.download(
                                "/file",
                                TransferSink.toBytes(10),
                                DownloadOptions.builder().offset(5).build()))
                        .isInstanceOf(FtpReplyException.class);
                assertThat(get(closed)).isTrue();
            }
        }
    }

    @Test
    void aConnectionFromElsewhereGetsNothingAndKeepsNobodyAway() throws Exception {
        byte[] theirs = "not what was asked for".getBytes(StandardCharsets.US_ASCII);
        byte[] content = "what was asked for".getBytes(StandardCharsets.US_ASCII);
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        CompletableFuture<Boolean> refused = new CompletableFuture<>();
        try (NastyServer nasty = NastyServer.start().file("/file", content)) {
            nasty.on("RETR", (session, name) -> {
                SocketAddress there = session.takeActiveTarget();
                session.reply("150 Here it comes.");
                session.connectData(there, elsewhere);
                session.withData(data -> data.send(theirs).whenEnded(nothing -> {
                    refused.complete(true);
                    session.active(there);
                    session.withData(right -> right.send(content).end().then(() -> session.reply("226 Done.")));
                }));
            });
            try (FtpClient other = active(nasty).build();
                    BlockingFtpSession session = other.connectBlocking()) {
                ByteSink sink = TransferSink.toBytes(100);
                session.download("/file", sink, DownloadOptions.defaults());
                assertThat(sink.bytes()).isEqualTo(content);
                assertThat(get(refused)).isTrue();
            }
        }
    }
}
