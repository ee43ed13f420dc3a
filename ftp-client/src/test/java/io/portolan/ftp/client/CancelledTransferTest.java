package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.ftp.client.testing.NastySession;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import io.portolan.transport.TransportOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers that are cancelled before their command is sent, or behind their end: what comes next must not get what was meant for them, and they end in bounded time. */
class CancelledTransferTest {

    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofMillis(300);

    private final CompletableFuture<NastySession> asked = new CompletableFuture<>();
    private NastyServer server;

    @BeforeEach
    void start() {
        server = NastyServer.start().file("/file", CONTENT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private FtpClient client(boolean pipelining, Duration abort) {
        return FtpClient.builder()
                .host("127.0.0.1")
                .port(server.port())
                .pipelining(pipelining)
                .timeouts(new FtpTimeouts(PATIENCE, PATIENCE, PATIENCE, PATIENCE, abort))
                .transport(TransportOptions.builder()
                        .eventLoopThreads(1)
                        .workerThreads(2)
                        .build())
                .build();
    }

    /** The next time, the command is answered when the test says so. */
    private void holdBack(String verb) {
        server.once(verb, (session, argument) -> asked.complete(session));
    }

    private void answer(NastySession session, String reply) {
        session.after(Duration.ZERO, () -> session.reply(reply));
    }

    private static Download download(FtpSession session) {
        return session.download("/file", TransferSink.toBytes(100));
    }

    /** Before anything that the server says from then on. */
    private static void cancel(FtpSession session, Transfer transfer) {
        transfer.cancel();
        Download behind = download(session);
        behind.cancel();
        isCancelled(behind);
    }

    private static void isCancelled(Transfer transfer) {
        assertThatThrownBy(() -> ClientTest.get(transfer.completion()))
                .isInstanceOfAny(FtpCancelledException.class, CancellationException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatComesNextIsNotToldWhatWasAskedForIt(boolean pipelining) throws Exception {
        holdBack("EPSV");
        server.reply("STOR", "553 Not here.");
        try (FtpClient client = client(pipelining, PATIENCE);
                FtpSession session = ClientTest.get(client.connect())) {
            Download download = download(session);
            NastySession peer = ClientTest.get(asked);
            cancel(session, download);
            Upload upload = session.upload(TransferSource.fromBytes(CONTENT), "/new");
            peer.after(Duration.ZERO, () -> peer.reply("229 Here (|||" + peer.closedPort() + "|)."));
            isCancelled(download);
            assertThatThrownBy(() -> ClientTest.get(upload.completion()))
                    .isInstanceOfSatisfying(
                            FtpReplyException.class,
                            refused -> assertThat(refused.reply().code()).isEqualTo(553));
            assertThat(server.verbs()).doesNotContain("PASV", "RETR");
            assertThat(ClientTest.get(session.workingDirectory())).isEqualTo("/");
        }
    }

    @Test
    void aRefusedEpsvIsNotFollowedByPasv() throws Exception {
        holdBack("EPSV");
        try (FtpClient client = client(true, PATIENCE);
                FtpSession session = ClientTest.get(client.connect())) {
            Download download = download(session);
            NastySession peer = ClientTest.get(asked);
            cancel(session, download);
            CompletableFuture<String> next = session.workingDirectory();
            answer(peer, "502 What?");
            isCancelled(download);
            assertThat(ClientTest.get(next)).isEqualTo("/");
            assertThat(server.verbs()).doesNotContain("PASV");
            ClientTest.get(download(session).completion());
        }
    }

    @Test
    void whereOneCommandWaitsForTheOtherNoneFollows() throws Exception {
        holdBack("SIZE");
        try (FtpClient client = client(false, PATIENCE);
                FtpSession session = ClientTest.get(client.connect())) {
            Download download = download(session);
            NastySession peer = ClientTest.get(asked);
            cancel(session, download);
            CompletableFuture<String> next = session.workingDirectory();
            answer(peer, "213 7");
            isCancelled(download);
            assertThat(ClientTest.get(next)).isEqualTo("/");
            assertThat(server.verbs()).doesNotContain("EPSV", "RETR");
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsLeft() throws Exception {
        holdBack("EPSV");
        try (FtpClient client = client(true, SOON);
                FtpSession session = ClientTest.get(client.connect())) {
            Download download = download(session);
            ClientTest.get(asked);
            cancel(session, download);
            isCancelled(download);
            assertThat(ClientTest.get(session.closed())).isInstanceOf(FtpTimeoutException.class);
        }
    }

    /** As Pure-FTPd does. */
    @Test
    void aServerThatAnswersBothByOneReplyIsUnderstood() throws Exception {
        server.on("RETR", (session, name) -> {
            session.reply("150 Wait.");
            asked.complete(session);
        });
        server.reply("ABOR", "150 0.007 seconds (measured here)", "226 Since you see this, it is aborted.");
        try (FtpClient client = client(true, PATIENCE);
                FtpSession session = ClientTest.get(client.connect())) {
            Download download = download(session);
            ClientTest.get(asked);
            download.cancel();
            isCancelled(download);
            assertThat(ClientTest.get(session.command("NOOP", "")).code()).isEqualTo(200);
            assertThat(ClientTest.get(session.workingDirectory())).isEqualTo("/");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"257 \"/\" is where you are.", "550 Nowhere."})
    void aSecondReplyThatComesLateIsNotTheNextCommands(String where) throws Exception {
        server.on("RETR", (session, name) -> {
            session.reply("150 Wait.");
            asked.complete(session);
        });
        server.reply("ABOR", "426 It is ended.");
        server.on("PWD", (session, argument) -> session.reply("226 Aborted.", where));
        try (FtpClient client = client(true, PATIENCE);
                FtpSession session = ClientTest.get(client.connect())) {
            Download download = download(session);
            ClientTest.get(asked);
            download.cancel();
            isCancelled(download);
            assertThat(ClientTest.get(session.command("NOOP", "")).code()).isEqualTo(200);
            assertThat(ClientTest.get(session.stat("/file"))).isPresent();
        }
    }

    /** Servers close the port with their refusal, and the connection's end may be here before it. */
    @Test
    void aRefusalIsToldThoughTheDataConnectionHasFailedBefore() throws Exception {
        server.reply("EPSV", "502 What?");
        server.on("PASV", (session, argument) -> {
            int port = session.closedPort();
            session.reply("227 Here (127,0,0,1," + (port >> Byte.SIZE) + "," + (port & 0xff) + ").");
        });
        server.on("STOR", (session, path) -> {});
        server.reply("ABOR", "550 There is no such directory.", "226 Nothing to abort.");
        try (FtpClient client = client(true, PATIENCE);
                FtpSession session = ClientTest.get(client.connect())) {
            Upload upload = session.upload(TransferSource.fromBytes(CONTENT), "/none/file");
            assertThatThrownBy(() -> ClientTest.get(upload.completion()))
                    .isInstanceOfSatisfying(
                            FtpReplyException.class,
                            refused -> assertThat(refused.reply().code()).isEqualTo(550));
            assertThat(ClientTest.get(session.workingDirectory())).isEqualTo("/");
        }
    }

    @Test
    void aFileThatIsBeingVerifiedIsNotPublished() throws Exception {
        server.features("HASH SHA-256*", "SIZE");
        holdBack("HASH");
        try (FtpClient client = client(true, PATIENCE);
                FtpSession session = ClientTest.get(client.connect())) {
            Upload upload = session.upload(
                    TransferSource.fromBytes(CONTENT),
                    "/new",
                    UploadOptions.builder()
                            .atomic(true)
                            .verification(Verification.HASH)
                            .build());
            NastySession peer = ClientTest.get(asked);
            cancel(session, upload);
            CompletableFuture<String> next = session.workingDirectory();
            answer(peer, "213 SHA-256 0-7 ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73 /new");
            isCancelled(upload);
            assertThat(ClientTest.get(next)).isEqualTo("/");
            assertThat(server.verbs()).contains("DELE").doesNotContain("RNFR");
            assertThat(server.paths()).containsExactly("/file");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHashThatTakesForeverIsNotWaitedFor(boolean upload) throws Exception {
        server.features("HASH SHA-256*", "SIZE");
        holdBack("HASH");
        try (FtpClient client = client(true, SOON);
                FtpSession session = ClientTest.get(client.connect())) {
            Transfer transfer = upload
                    ? session.upload(
                            TransferSource.fromBytes(CONTENT),
                            "/new",
                            UploadOptions.builder()
                                    .verification(Verification.HASH)
                                    .build())
                    : session.download(
                            "/file",
                            TransferSink.toBytes(100),
                            DownloadOptions.builder()
                                    .verification(Verification.HASH)
                                    .build());
            ClientTest.get(asked);
            cancel(session, transfer);
            assertThatThrownBy(() -> ClientTest.get(transfer.completion())).isInstanceOf(FtpException.class);
            assertThat(ClientTest.get(session.closed())).isInstanceOf(FtpTimeoutException.class);
        }
    }

    @Test
    void aSessionThatIsFullSaysSoToGoodBye() throws Exception {
        holdBack("NOOP");
        try (FtpClient client = client(true, SOON);
                FtpSession session = ClientTest.get(client.connect())) {
            List<CompletableFuture<?>> waiting = IntStream.rangeClosed(0, 10_000)
                    .<CompletableFuture<?>>mapToObj(i -> session.command("NOOP", ""))
                    .toList();
            ClientTest.get(asked);
            assertThatThrownBy(() -> ClientTest.get(session.quit()))
                    .isInstanceOf(FtpException.class)
                    .hasMessageContaining("wait for this session");
            answer(ClientTest.get(asked), "200 At last.");
            await().until(() -> waiting.stream().allMatch(CompletableFuture::isDone));
        }
    }

    @Test
    void aCopyBetweenServersEndsOnBoth() throws Exception {
        server.on("RETR", (session, name) -> {
            session.reply("150 Wait.");
            asked.complete(session);
        });
        server.reply("ABOR", "426 Ended.", "226 Aborted.");
        try (NastyServer other = NastyServer.start()
                        .on("STOR", (session, name) -> session.reply("150 Go ahead."))
                        .reply("ABOR", "426 Ended.", "226 Aborted.");
                FtpClient client = client(true, PATIENCE);
                FtpClient there = client.toBuilder().port(other.port()).build();
                FtpSession source = ClientTest.get(client.connect());
                FtpSession target = ClientTest.get(there.connect())) {
            var copy = source.copyTo("/file", target, "/copy");
            ClientTest.get(asked);
            copy.cancel(false);
            assertThat(ClientTest.get(source.workingDirectory())).isEqualTo("/");
            assertThat(ClientTest.get(target.workingDirectory())).isEqualTo("/");
            assertThat(server.verbs()).contains("ABOR");
            assertThat(other.verbs()).contains("ABOR", "DELE").doesNotContain("RNFR");
        }
    }

    // --- where to go on

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLongerThanTheFileIsNotABeginningOfIt(boolean known) throws Exception {
        try (FtpClient client = client(true, PATIENCE);
                BlockingFtpSession session = client.connectBlocking()) {
            DownloadOptions.Builder options = DownloadOptions.builder().offset(8);
            if (known) {
                options.expectedSize(7);
            }
            assertThatThrownBy(() -> session.download("/file", TransferSink.toBytes(100), options.build()))
                    .isInstanceOf(FtpException.class)
                    .hasMessageContaining("behind 8 octets")
                    .hasMessageContaining("only 7");
            session.download(
                    "/file",
                    TransferSink.toBytes(100),
                    DownloadOptions.builder().offset(7).build());
            server.file("/longer", new byte[8]);
            assertThatThrownBy(() -> session.upload(
                            TransferSource.fromBytes(CONTENT),
                            "/longer",
                            UploadOptions.builder().resume(true).build()))
                    .isInstanceOf(FtpException.class)
                    .hasMessageContaining("8 octets");
            assertThat(server.read("/longer")).hasSize(8);
            assertThat(session.workingDirectory()).isEqualTo("/");
        }
    }

    @Test
    void howMuchThereIsIsAskedOfOctets() throws IOException {
        server.file("/part", new byte[3]);
        try (FtpClient client = client(true, PATIENCE);
                BlockingFtpSession session = client.connectBlocking()) {
            session.command("TYPE", "A");
            session.upload(
                    TransferSource.fromBytes(CONTENT),
                    "/part",
                    UploadOptions.builder().resume(true).build());
            List<String> commands = server.commands();
            assertThat(commands.subList(commands.indexOf("TYPE A"), commands.indexOf("SIZE /part")))
                    .contains("TYPE I");
        }
    }
}
