package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.ftp.client.testing.NastySession;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many files over several connections. */
@Timeout(120)
class FtpBatchTest {

    private static final int FILES = 300;

    @TempDir
    Path folder;

    private NastyServer server;
    private FtpClient client;

    @BeforeEach
    void start() {
        server = NastyServer.start();
        client = FtpClient.builder().host("127.0.0.1").port(server.port()).build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private FtpBatch batch() {
        return FtpBatch.over(client);
    }

    private static byte[] content(int number) {
        return ("content " + number).getBytes(StandardCharsets.UTF_8);
    }

    private static FtpBatch.Job upload(int number) {
        return FtpBatch.Job.upload(TransferSource.fromBytes(content(number)), "/f" + number);
    }

    private static List<FtpBatch.Job> uploads(int count) {
        return IntStream.range(0, count).mapToObj(FtpBatchTest::upload).toList();
    }

    private long logins() {
        return server.verbs().stream().filter("TYPE"::equals).count();
    }

    private static boolean isRunning() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("portolan-batch"));
    }

    @Test
    void hundredsOfFilesGoBothWaysAndEachIsToldOf() throws Exception {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        FtpBatch.Result up = batch().withConnections(3)
                .withListener(outcome -> told.add(outcome.job().toString()))
                .run(uploads(FILES));
        assertThat(up.failures()).isEmpty();
        assertThat(up.moved()).isEqualTo(FILES);
        assertThat(told).hasSize(FILES).doesNotHaveDuplicates().contains("upload /f7");
        assertThat(server.sessions()).hasSizeBetween(1, 3);
        List<FtpBatch.Job> downloads = IntStream.range(0, FILES)
                .mapToObj(i -> FtpBatch.Job.download("/f" + i, folder.resolve("f" + i)))
                .toList();
        FtpBatch.Result down = batch().run(downloads);
        assertThat(down.failures()).isEmpty();
        assertThat(down.octets()).isEqualTo(up.octets());
        for (int i = 0; i < FILES; i++) {
            assertThat(folder.resolve("f" + i)).hasBinaryContent(content(i));
        }
        assertThat(isRunning()).isFalse();
    }

    @Test
    void whatFailsLeavesTheOthersAlone() throws Exception {
        server.file("/a", content(1)).file("/c", content(3));
        FtpBatch.Result result = batch().run(List.of(
                FtpBatch.Job.download("/a", folder.resolve("a")),
                FtpBatch.Job.download("/b", folder.resolve("b")),
                FtpBatch.Job.download("/c", folder.resolve("c")),
                FtpBatch.Job.upload(folder.resolve("missing"), "/d")));
        assertThat(result.moved()).isEqualTo(2);
        assertThat(result.failed()).isEqualTo(2);
        assertThat(result.failures()).extracting(failed -> failed.job().path()).containsExactlyInAnyOrder("/b", "/d");
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().contains("b"));
    }

    @Test
    void whatBreaksIsTriedAgainOverAnotherConnection() throws Exception {
        AtomicInteger transfers = new AtomicInteger();
        server.on("STOR", (session, path) -> {
            if (transfers.incrementAndGet() % 3 == 0) {
                session.reset();
                return;
            }
            session.reply("150 Go on.")
                    .withData(data -> data.whenEnded(octets -> {
                        server.file(path, octets);
                        session.reply("226 Done.");
                    }));
        });
        FtpBatch.Result result = batch().withConnections(2).withAttempts(20).run(uploads(30));
        assertThat(result.failures()).isEmpty();
        for (int i = 0; i < 30; i++) {
            assertThat(server.read("/f" + i)).isEqualTo(content(i));
        }
        assertThat(transfers.get()).isGreaterThan(40);
    }

    @Test
    void whatWouldBeWrittenTwiceIsNotTriedAgain() throws Exception {
        server.on("APPE", (session, path) -> session.reset())
                .on(
                        "RETR",
                        (session, path) -> session.reply("150 Here.")
                                .withData(data -> data.send("some").then(session::reset)));
        FtpBatch.Result append = batch().withUploads(
                        UploadOptions.builder().append(true).build())
                .run(uploads(1));
        assertThat(append.failed()).isEqualTo(1);
        assertThat(server.verbs().stream().filter("APPE"::equals)).hasSize(1);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        FtpBatch.Result download =
                batch().run(List.of(FtpBatch.Job.download("/a", TransferSink.toOutputStream(stream))));
        assertThat(download.failed()).isEqualTo(1);
        assertThat(server.verbs().stream().filter("RETR"::equals).count() == 1 || stream.size() == 0)
                .isTrue();
    }

    @Test
    void aServerThatLetsFewInIsServedByThese() throws Exception {
        server.greet(session -> {
            long open = server.sessions().stream().filter(NastySession::isOpen).count();
            if (open <= 1) {
                session.reply("220 Welcome.");
            } else {
                session.reply("421 Too many.");
                session.close();
            }
        });
        FtpBatch.Result result = batch().withConnections(8).run(uploads(50));
        assertThat(result.failures()).isEmpty();
        assertThat(result.moved()).isEqualTo(50);
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void aServerThatIsAwayForAMomentIsWaitedFor() throws Exception {
        AtomicInteger greeted = new AtomicInteger();
        server.greet(session -> {
            if (greeted.incrementAndGet() == 2) {
                session.reply("421 Back in a moment.");
                session.close();
            } else {
                session.reply("220 Welcome.");
            }
        });
        server.once("STOR", (session, path) -> session.reset());
        FtpBatch.Result result = batch().withConnections(1).run(uploads(3));
        assertThat(result.failures()).isEmpty();
        assertThat(greeted).hasValue(3);
    }

    @Test
    void whatGoesOnBehindWhatIsKeptIsVerifiedAsAWhole() throws Exception {
        server.features("HASH SHA-256*", "SIZE", "REST STREAM")
                .file("/f", "content".getBytes(StandardCharsets.US_ASCII));
        server.reply("HASH", "213 SHA-256 0-7 ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73 /f");
        Path target = folder.resolve("f");
        Path part = folder.resolve("f.part");
        Files.writeString(part, "con");
        FtpBatch.Result result = batch().withDownloads(DownloadOptions.builder()
                        .resume(true)
                        .verification(Verification.HASH)
                        .build())
                .run(List.of(FtpBatch.Job.download("/f", TransferSink.toPathResumable(target))));
        assertThat(result.failures()).isEmpty();
        assertThat(target).hasContent("content");
        assertThat(server.commands()).contains("REST 3");
    }

    @Test
    void whereNobodyIsLetInTheBatchFails() {
        server.greet(session -> {
            session.reply("421 Too many.");
            session.close();
        });
        assertThatThrownBy(() -> batch().run(uploads(10))).isInstanceOf(FtpReplyException.class);
    }

    @Test
    void theNextFileIsAskedForWhenThereIsAConnectionForIt() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Iterable<FtpBatch.Job> jobs = () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return asked.get() < 100;
            }

            @Override
            public FtpBatch.Job next() {
                int number = asked.getAndIncrement();
                most.accumulateAndGet(number + 1 - ended.get(), Math::max);
                return upload(number);
            }
        };
        assertThat(batch().withConnections(3)
                        .withListener(outcome -> ended.incrementAndGet())
                        .run(jobs)
                        .moved())
                .isEqualTo(100);
        assertThat(most.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void aBatchWithoutFilesConnectsToNothing() throws Exception {
        assertThat(batch().run(List.of()).moved()).isZero();
        assertThat(server.sessions()).isEmpty();
    }

    @Test
    void itCanBeCancelled() throws Exception {
        server.on("STOR", (session, path) -> session.reply("150 Some day."));
        CompletableFuture<FtpBatch.Result> running = batch().start(uploads(10));
        await().until(() -> server.verbs().contains("STOR"));
        running.cancel(false);
        await().until(() -> !isRunning());
        await().until(() -> server.sessions().stream().noneMatch(NastySession::isOpen));
    }

    @Test
    void aListenerThatThrowsEndsIt() {
        FtpBatch failing = batch().withListener(outcome -> {
            throw new IllegalStateException("enough");
        });
        assertThatThrownBy(() -> failing.start(uploads(100)).get(60, TimeUnit.SECONDS))
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(server.verbs().stream().filter("STOR"::equals).count()).isLessThan(100);
    }

    @Test
    void failuresThatAreKeptHaveALimit() throws Exception {
        List<FtpBatch.Job> jobs = IntStream.range(0, FtpBatch.MAX_FAILURES + 1)
                .mapToObj(i -> FtpBatch.Job.upload(folder.resolve("missing"), "/f" + i))
                .toList();
        FtpBatch.Result result = batch().run(jobs);
        assertThat(result.failed()).isEqualTo(FtpBatch.MAX_FAILURES + 1L);
        assertThat(result.failures()).hasSize(FtpBatch.MAX_FAILURES);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void itsSettingsHaveBounds() {
        assertThatThrownBy(() -> batch().withConnections(0)).hasMessageContaining("connections: 0");
        assertThatThrownBy(() -> batch().withConnections(65)).hasMessageContaining("connections: 65");
        assertThatThrownBy(() -> batch().withAttempts(0)).hasMessageContaining("attempts: 0");
        assertThatThrownBy(() -> batch().withAttempts(101)).hasMessageContaining("attempts: 101");
        assertThatThrownBy(() -> FtpBatch.Job.download("a\r\nDELE b", folder.resolve("a")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
