package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.ftp.client.testing.NastyData;
import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.ftp.client.testing.NastySession;
import io.portolan.testing.Patience;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.RetryPolicy;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever breaks: at the end the content is exactly the source's, or an error is told, and nothing is done twice. */
class ResilientFtpTest {

    private static final byte[] CONTENT = new byte[200_000];

    private static final RetryPolicy SOON = RetryPolicy.builder()
            .attempts(4)
            .firstWait(Duration.ofMillis(1))
            .longestWait(Duration.ofMillis(1))
            .build();

    private static final RetryPolicy MUCH_LATER = RetryPolicy.builder()
            .firstWait(Duration.ofHours(1))
            .longestWait(Duration.ofHours(1))
            .build();

    static {
        for (int i = 0; i < CONTENT.length; i++) {
            CONTENT[i] = (byte) (i % 251);
        }
    }

    @TempDir
    Path folder;

    private final AtomicLong moved = new AtomicLong();
    private final DownloadOptions counted = DownloadOptions.builder()
            .progress((octets, total) -> moved.set(octets))
            .build();
    private NastyServer server;
    private FtpClient client;
    private ResilientFtp ftp;

    @BeforeEach
    void start() {
        server = NastyServer.start().features("SIZE", "MDTM", "REST STREAM");
        client = FtpClient.builder().host("127.0.0.1").port(server.port()).build();
        ftp = client.resilient(SOON);
    }

    @AfterEach
    void stop() {
        ftp.close();
        client.close();
        server.close();
    }

    /** Sends a part from where the client wants it, and breaks when the client has it. */
    private NastyServer.Answer cutDownload(int octets) {
        return (session, path) -> {
            byte[] content = session.server().read(NastySession.path(path));
            int from = (int) session.takeRestart();
            int to = Math.min(content.length, from + octets);
            session.reply("150 Here it comes.");
            session.withData(data -> {
                data.send(Arrays.copyOfRange(content, from, to));
                cutAt(to, session, data);
            });
        };
    }

    private void cutAt(int octets, NastySession session, NastyData data) {
        if (moved.get() < octets) {
            session.after(Duration.ofMillis(1), () -> cutAt(octets, session, data));
        } else {
            data.cut();
            session.close();
        }
    }

    /** Stores a part from where the client wants it, and breaks. */
    private static NastyServer.Answer cutUpload(int octets) {
        return (session, argument) -> {
            String path = NastySession.path(argument);
            int from = (int) session.takeRestart();
            session.reply("150 Go ahead.");
            session.withData(data -> data.whenEnded(content -> {
                byte[] whole = Arrays.copyOf(
                        session.server().has(path) ? session.server().read(path) : new byte[0],
                        from + Math.min(octets, content.length));
                System.arraycopy(content, 0, whole, from, whole.length - from);
                session.server().file(path, whole);
                session.close();
            }));
        };
    }

    private List<String> commands(String verb) {
        return server.commands().stream()
                .filter(command -> command.startsWith(verb))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 199_999, 200_000})
    void aDownloadGoesOnWhereItWasCut(int octets) throws Exception {
        server.file("/file", CONTENT).once("RETR", cutDownload(octets));
        ByteSink sink = TransferSink.toBytes(CONTENT.length);
        TransferResult result = ftp.download("/file", sink, counted);
        assertThat(sink.bytes()).isEqualTo(CONTENT);
        assertThat(result.octets()).isEqualTo(CONTENT.length);
        assertThat(commands("REST")).isEqualTo(octets == 0 ? List.of() : List.of("REST " + octets));
    }

    @Test
    void aDownloadThatComesFurtherEachTimeGoesOnForMoreThanItsAttempts() throws Exception {
        server.file("/file", CONTENT).on("RETR", cutDownload(20_000));
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        server.on("REST", (session, offset) -> {
            if (Integer.parseInt(offset) > CONTENT.length - 30_000) {
                session.server().on("RETR", plainDownload());
            }
            restart(session, offset);
        });
        ftp.download("/file", TransferSink.toOutputStream(target), counted);
        assertThat(target.toByteArray()).isEqualTo(CONTENT);
        assertThat(moved).hasValue(CONTENT.length);
        assertThat(commands("RETR")).hasSizeGreaterThan(SOON.attempts());
    }

    private static void restart(NastySession session, String offset) {
        session.restartAt(Long.parseLong(offset));
        session.reply("350 From there.");
    }

    private static NastyServer.Answer plainDownload() {
        return (session, path) -> {
            byte[] content = session.server().read(NastySession.path(path));
            session.reply("150 Here it comes.");
            session.withData(data -> data.send(Arrays.copyOfRange(content, (int) session.takeRestart(), content.length))
                    .end()
                    .then(() -> session.reply("226 That was it.")));
        };
    }

    @Test
    void aDownloadThatBringsNothingIsGivenUp() {
        server.file("/file", CONTENT).on("RETR", cutDownload(0));
        assertThatThrownBy(() -> ftp.download("/file", TransferSink.toPath(folder.resolve("file")), counted))
                .isInstanceOf(FtpException.class);
        assertThat(commands("RETR")).hasSize(SOON.attempts());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aDownloadWhoseFileHasChangedBeginsAnew() throws Exception {
        byte[] changed = CONTENT.clone();
        changed[0]++;
        server.file("/file", CONTENT).once("RETR", (session, path) -> {
            cutDownload(1_000).to(session, path);
            session.server().file("/file", changed).reply("MDTM", "213 20270102030405");
        });
        TransferResult result = ftp.download("/file", TransferSink.toPath(folder.resolve("file")), counted);
        assertThat(folder.resolve("file")).hasBinaryContent(changed);
        assertThat(result.octets()).isEqualTo(changed.length);
        assertThat(commands("REST")).isEmpty();
    }

    @Test
    void aStreamWhoseFileHasChangedIsNotMixed() {
        server.file("/file", CONTENT).once("RETR", (session, path) -> {
            cutDownload(1_000).to(session, path);
            session.server().reply("MDTM", "213 20270102030405");
        });
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        assertThatThrownBy(() -> ftp.download("/file", TransferSink.toOutputStream(target), counted))
                .isInstanceOf(FtpException.class)
                .hasMessageContaining("changed");
        assertThat(target.toByteArray()).isEqualTo(Arrays.copyOf(CONTENT, 1_000));
    }

    @Test
    void aFileThatChangesWhileADownloadGoesOnIsBegunAnew() throws Exception {
        byte[] changed = CONTENT.clone();
        changed[0]++;
        AtomicInteger downloads = new AtomicInteger();
        server.file("/file", CONTENT).on("RETR", (session, path) -> {
            switch (downloads.incrementAndGet()) {
                case 1 -> cutDownload(1_000).to(session, path);
                case 2 -> {
                    session.server().file("/file", changed).reply("MDTM", "213 20270102030405");
                    plainDownload().to(session, path);
                }
                default -> plainDownload().to(session, path);
            }
        });
        ftp.download("/file", TransferSink.toPath(folder.resolve("file")), counted);
        assertThat(folder.resolve("file")).hasBinaryContent(changed);
        assertThat(downloads).hasValue(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 199_999, 200_000})
    void anUploadGoesOnWhereItWasCut(int octets) throws Exception {
        server.once("STOR", cutUpload(octets));
        TransferResult result = ftp.upload(TransferSource.fromBytes(CONTENT), "/file", ResilientFtp.UPLOADS);
        assertThat(server.read("/file")).isEqualTo(CONTENT);
        assertThat(server.paths()).containsExactly("/file");
        assertThat(result.offset() + result.octets()).isEqualTo(CONTENT.length);
        assertThat(commands("REST")).isEqualTo(octets == 0 ? List.of() : List.of("REST " + octets));
    }

    @Test
    void anUploadUnderItsOwnNameIsNotTakenForTheEndOfAnOlderFile() throws Exception {
        byte[] older = new byte[1_000];
        server.file("/file", older).once("STOR", (session, path) -> {
            session.reply("150 Go ahead.");
            session.withData(data -> data.whenEnded(content -> session.close()));
        });
        ftp.upload(TransferSource.fromBytes(CONTENT), "/file", UploadOptions.defaults());
        assertThat(server.read("/file")).isEqualTo(CONTENT);
        assertThat(commands("REST")).isEmpty();
    }

    @Test
    void anUploadThatDiffersAtItsEndBeginsAnew() throws Exception {
        AtomicInteger uploads = new AtomicInteger();
        server.once("STOR", (session, path) -> {
            uploads.incrementAndGet();
            cutUpload(1_000).to(session, path);
        });
        // the server has less than it should when the upload has gone on
        server.on("REST", (session, offset) -> session.reply("350 From where I want."));
        ftp.upload(TransferSource.fromBytes(CONTENT), "/file", ResilientFtp.UPLOADS);
        assertThat(server.read("/file")).isEqualTo(CONTENT);
        assertThat(server.paths()).containsExactly("/file");
    }

    @Test
    void anUploadWhoseRenameWasDoneUnheardIsNotSentAgain() throws Exception {
        server.once("RNTO", (session, path) -> {
            byte[] content = session.server().take(session.takeRenameFrom());
            session.server().file(path, content);
            session.close();
        });
        ftp.upload(TransferSource.fromBytes(CONTENT), "/file", ResilientFtp.UPLOADS);
        assertThat(server.read("/file")).isEqualTo(CONTENT);
        assertThat(commands("STOR")).hasSize(1);
        assertThat(commands("RNTO")).hasSize(1);
    }

    @Test
    void anUploadWhoseRenameWasNotDoneIsRenamedAgainOnly() throws Exception {
        server.once("RNTO", (session, path) -> session.close());
        ftp.upload(TransferSource.fromBytes(CONTENT), "/file", ResilientFtp.UPLOADS);
        assertThat(server.read("/file")).isEqualTo(CONTENT);
        assertThat(commands("STOR")).hasSize(1);
        assertThat(commands("RNTO")).hasSize(2);
    }

    @Test
    void anUploadOfWhichNobodyKnowsWhetherItWasRenamedFailsAndIsNotSentAgain() {
        server.once("RNTO", (session, path) -> {
            session.server().take(session.takeRenameFrom());
            session.close();
        });
        assertThatThrownBy(() -> ftp.upload(TransferSource.fromBytes(CONTENT), "/file", ResilientFtp.UPLOADS))
                .isInstanceOf(FtpException.class)
                .hasMessageContaining("not known");
        assertThat(commands("STOR")).hasSize(1);
    }

    @Test
    void whatIsAppendedOrReadOnceIsNotSentAgain() {
        server.file("/log", new byte[10]).on("APPE", cutUpload(5)).on("STOR", cutUpload(5));
        assertThatThrownBy(() -> ftp.upload(
                        TransferSource.fromBytes(CONTENT),
                        "/log",
                        UploadOptions.builder().append(true).build()))
                .isInstanceOf(FtpException.class);
        assertThat(commands("APPE")).hasSize(1);
        assertThatThrownBy(() -> ftp.upload(
                        TransferSource.fromInputStream(new ByteArrayInputStream(CONTENT)),
                        "/file",
                        ResilientFtp.UPLOADS))
                .isInstanceOf(FtpException.class);
        assertThat(commands("STOR")).hasSize(1);
    }

    @Test
    void aServerThatTurnsClientsAwayForAMomentIsWaitedFor() throws Exception {
        AtomicInteger greeted = new AtomicInteger();
        server.file("/file", CONTENT).greet(session -> {
            if (greeted.incrementAndGet() < 3) {
                session.reply("421 Later.").close();
            } else {
                session.reply("220 Now.");
            }
        });
        ftp.download("/file", TransferSink.toPath(folder.resolve("file")), counted);
        assertThat(folder.resolve("file")).hasBinaryContent(CONTENT);
    }

    @Test
    void whatCannotPassIsNotTriedAgain() throws Exception {
        assertThatThrownBy(() -> ftp.download("/missing", folder.resolve("file")))
                .isInstanceOf(FtpReplyException.class);
        assertThat(commands("RETR")).hasSize(1);
        assertThat(ftp.stat("/missing")).isEmpty();
    }

    @Test
    void aWaitEndsWhenItIsCancelled() throws Exception {
        server.file("/file", CONTENT).on("RETR", cutDownload(0));
        try (ResilientFtp patient = client.resilient(MUCH_LATER)) {
            CompletableFuture<IOException> failure = new CompletableFuture<>();
            Thread thread = new Thread(() -> {
                try {
                    patient.download("/file", TransferSink.toPath(folder.resolve("file")), counted);
                } catch (IOException e) {
                    failure.complete(e);
                }
            });
            thread.start();
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING
                    && !commands("RETR").isEmpty());
            thread.interrupt();
            assertThat(failure.get(Patience.MILLIS, TimeUnit.MILLISECONDS)).isInstanceOf(InterruptedIOException.class);
        }
    }

    @Test
    void aWaitEndsWhenTheClientIsClosed() {
        server.file("/file", CONTENT).on("RETR", cutDownload(0));
        CompletableFuture<TransferResult> download =
                client.resilient(MUCH_LATER).startDownload("/file", TransferSink.toBytes(CONTENT.length), counted);
        await().until(() -> !commands("RETR").isEmpty());
        client.close();
        assertThatThrownBy(() -> download.get(Patience.MILLIS, TimeUnit.MILLISECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(FtpConnectionException.class);
    }
}
