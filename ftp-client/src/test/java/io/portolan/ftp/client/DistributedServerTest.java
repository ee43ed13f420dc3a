package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that have their files on other machines, and have to hear what comes before they can say where to connect to (PRET). */
class DistributedServerTest {

    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);

    private final AtomicBoolean announced = new AtomicBoolean();
    private NastyServer server;

    @BeforeEach
    void start() {
        server = NastyServer.start()
                .features("EPSV", "MLST size*;", "PRET", "REST STREAM", "SIZE")
                .file("/file", CONTENT)
                .listing("size=7; file");
        server.on("PRET", (session, argument) -> {
            announced.set(true);
            session.reply("200 I know where that is.");
        });
        server.on("EPSV", (session, argument) -> {
            if (announced.getAndSet(false)) {
                session.reply("229 Here (|||" + session.passive() + "|).");
            } else {
                session.reply("503 You need a client that knows PRET.");
            }
        });
        server.reply("PASV", "503 You need a client that knows PRET.");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private FtpClient client(boolean pipelining) {
        return FtpClient.builder()
                .host("127.0.0.1")
                .port(server.port())
                .pipelining(pipelining)
                .build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hearOfEachTransferBefore(boolean pipelining) throws Exception {
        try (FtpClient client = client(pipelining);
                BlockingFtpSession session = client.connectBlocking()) {
            ByteSink sink = TransferSink.toBytes(100);
            session.download("/file", sink, DownloadOptions.defaults());
            assertThat(sink.bytes()).isEqualTo(CONTENT);
            session.upload(TransferSource.fromBytes(CONTENT), "/new", UploadOptions.defaults());
            session.upload(
                    TransferSource.fromBytes(CONTENT),
                    "/new",
                    UploadOptions.builder().append(true).build());
            assertThat(server.read("/new")).hasSize(2 * CONTENT.length);
            assertThat(session.list("/")).hasSize(1);
        }
        assertThat(server.commands()).contains("PRET RETR /file", "PRET STOR /new", "PRET APPE /new", "PRET MLSD /");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sayThenWhatTheyDoNotHave(boolean pipelining) throws Exception {
        server.reply("PRET", "550 Nowhere.");
        try (FtpClient client = client(pipelining);
                BlockingFtpSession session = client.connectBlocking()) {
            assertThatThrownBy(() -> session.download("/file", TransferSink.toBytes(10), DownloadOptions.defaults()))
                    .isInstanceOf(FtpReplyException.class)
                    .hasMessageContaining("PRET RETR /file");
            assertThat(session.command("NOOP", "").code()).isEqualTo(200);
        }
        assertThat(server.verbs()).doesNotContain("RETR");
    }
}
