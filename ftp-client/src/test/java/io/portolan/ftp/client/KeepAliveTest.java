package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** NOOP during a transfer: whatever is said to it, and whenever, the transfer's reply is the transfer's, and the next command's the next command's. */
class KeepAliveTest {

    private static final Duration WHILE = Duration.ofMillis(2500);

    private NastyServer server;
    private FtpClient client;

    @BeforeEach
    void start() {
        server = NastyServer.start();
        client = FtpClient.builder()
                .host("127.0.0.1")
                .port(server.port())
                .user("any", "body")
                .controlKeepAlive(Duration.ofSeconds(1))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void slowDownload(String... lastReplies) {
        server.on("RETR", (session, name) -> {
            session.reply("150 Wait.");
            session.withData(data -> session.after(WHILE, () -> {
                data.send("content").end();
                session.reply(lastReplies);
            }));
        });
    }

    private void isDownloaded() throws Exception {
        try (BlockingFtpSession session = client.connectBlocking()) {
            ByteSink sink = TransferSink.toBytes(100);
            TransferResult result = session.download("/file", sink, DownloadOptions.defaults());
            assertThat(result.reply().code()).isEqualTo(226);
            assertThat(sink.bytes()).hasSize(7);
            assertThat(session.workingDirectory()).startsWith("/");
        }
        assertThat(server.verbs()).contains("NOOP");
    }

    @Test
    void aServerMayAnswerAtOnce() throws Exception {
        slowDownload("226 Done.");
        isDownloaded();
    }

    @Test
    void aServerMayAnswerBehindTheTransfer() throws Exception {
        server.on("NOOP", (session, argument) -> {});
        slowDownload("226 Done.", "200 Here I am.");
        isDownloaded();
    }

    @Test
    void aServerMayAnswerBeforeTheTransfersReply() throws Exception {
        server.on("NOOP", (session, argument) -> {});
        slowDownload("200 Here I am.", "226 Done.");
        isDownloaded();
    }

    @Test
    void aServerMayRefuseIt() throws Exception {
        server.reply("NOOP", "450 Not now.");
        slowDownload("226 Done.");
        isDownloaded();
    }

    @Test
    void aTransferThatFailsIsNotTakenForOneThatDoesNot() throws Exception {
        server.reply("NOOP", "500 What?");
        slowDownload("451 The disk is gone.");
        try (BlockingFtpSession session = client.connectBlocking()) {
            assertThatThrownBy(() -> session.download("/file", TransferSink.toBytes(100), DownloadOptions.defaults()))
                    .isInstanceOfSatisfying(
                            FtpReplyException.class,
                            failed -> assertThat(failed.reply().code()).isEqualTo(451));
            assertThat(session.workingDirectory()).startsWith("/");
        }
    }

    @Test
    void aRefusalIsNotAskedForAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        server.on("NOOP", (session, argument) -> {
            asked.incrementAndGet();
            session.reply("502 No.");
        });
        slowDownload("226 Done.");
        isDownloaded();
        assertThat(asked).hasValue(1);
    }
}
