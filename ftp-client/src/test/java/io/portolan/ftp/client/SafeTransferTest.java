package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.fs.WritableFile;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.guard.RateLimit;
import io.portolan.testing.Patience;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Verified, atomic, resumed, cancelled. */
class SafeTransferTest extends ClientTest {

    private static final byte[] CONTENT = new byte[3_000_000];

    static {
        for (int i = 0; i < CONTENT.length; i++) {
            CONTENT[i] = (byte) (i % 251);
        }
    }

    @TempDir
    Path root;

    @TempDir
    Path here;

    private BlockingFtpSession session;

    @Override
    ServerFixture startServer() throws IOException {
        return ServerFixture.onDisk(root);
    }

    @BeforeEach
    void connect() throws IOException {
        session = client.connectBlocking();
    }

    @ParameterizedTest
    @EnumSource(Verification.class)
    void whatIsTheSameOnBothSidesIsVerified(Verification way) throws Exception {
        TransferResult up = session.upload(
                TransferSource.fromBytes(CONTENT),
                "/file",
                UploadOptions.builder().verification(way).atomic(true).build());
        TransferResult down = session.download(
                "/file",
                TransferSink.toPath(here.resolve("file")),
                DownloadOptions.builder().verification(way).build());
        assertThat(here.resolve("file")).hasBinaryContent(CONTENT);
        Verification done = way == Verification.BEST ? Verification.HASH : way;
        assertThat(up.verified()).isEqualTo(done);
        assertThat(down.verified()).isEqualTo(done);
        try (var files = Files.list(root)) {
            assertThat(files).containsExactly(root.resolve("file"));
        }
    }

    @Test
    void bothWaysGoOnWhereTheyWere() throws Exception {
        Files.write(root.resolve("up"), Arrays.copyOf(CONTENT, 1_000_000));
        TransferResult up = session.upload(
                TransferSource.fromBytes(CONTENT),
                "/up",
                UploadOptions.builder()
                        .resume(true)
                        .verification(Verification.HASH)
                        .build());
        assertThat(up.offset()).isEqualTo(1_000_000);
        assertThat(up.octets()).isEqualTo(2_000_000);
        assertThat(root.resolve("up")).hasBinaryContent(CONTENT);

        Files.write(here.resolve("down.part"), Arrays.copyOf(CONTENT, 2_500_000));
        TransferResult down = session.download(
                "/up",
                TransferSink.toPathResumable(here.resolve("down")),
                DownloadOptions.builder()
                        .resume(true)
                        .verification(Verification.SIZE)
                        .build());
        assertThat(down.octets()).isEqualTo(500_000);
        assertThat(here.resolve("down")).hasBinaryContent(CONTENT);
        assertThat(here.resolve("down.part")).doesNotExist();
    }

    private TransferResult goOn(byte[] kept, TransferSink sink, Verification way) throws Exception {
        Files.write(root.resolve("file"), CONTENT);
        Files.write(here.resolve("down.part"), kept);
        return session.download(
                "/file",
                sink,
                DownloadOptions.builder().resume(true).verification(way).build());
    }

    @ParameterizedTest
    @EnumSource(Verification.class)
    void aDownloadThatGoesOnIsVerifiedAsAWhole(Verification way) throws Exception {
        TransferResult down =
                goOn(Arrays.copyOf(CONTENT, 2_500_000), TransferSink.toPathResumable(here.resolve("down")), way);
        assertThat(down.offset()).isEqualTo(2_500_000);
        assertThat(down.verified()).isEqualTo(way == Verification.BEST ? Verification.HASH : way);
        assertThat(here.resolve("down")).hasBinaryContent(CONTENT);
    }

    @ParameterizedTest
    @EnumSource(names = {"HASH", "BEST"})
    void aDownloadThatGoesOnBehindAnotherFileIsNoFile(Verification way) {
        byte[] other = Arrays.copyOf(CONTENT, 2_500_000);
        other[1_000_000]++;
        assertThatThrownBy(() -> goOn(other, TransferSink.toPathResumable(here.resolve("down")), way))
                .isInstanceOf(FtpVerificationException.class);
        assertThat(here.resolve("down")).doesNotExist();
    }

    @Test
    void whatCannotBeReadAgainIsComparedByItsSize() throws Exception {
        byte[] rest = Arrays.copyOfRange(CONTENT, 2_500_000, CONTENT.length);
        ByteSink sink = TransferSink.toBytes(CONTENT.length);
        TransferSink behind = new TransferSink() {
            @Override
            public long resumeOffset() {
                return 2_500_000;
            }

            @Override
            public WritableFile open(long offset) throws IOException {
                return sink.open(0);
            }
        };
        assertThat(goOn(new byte[0], behind, Verification.BEST).verified()).isEqualTo(Verification.SIZE);
        assertThat(sink.bytes()).isEqualTo(rest);
        assertThatThrownBy(() -> goOn(new byte[0], behind, Verification.HASH))
                .isInstanceOf(FtpException.class)
                .hasMessageContaining("only a part");
    }

    @Test
    void octetsGoBehindThoseThatAreThere() throws Exception {
        UploadOptions append = UploadOptions.builder()
                .append(true)
                .verification(Verification.SIZE)
                .build();
        session.upload(TransferSource.fromBytes(new byte[] {1, 2}), "/log", append);
        session.upload(TransferSource.fromBytes(new byte[] {3}), "/log", append);
        assertThat(root.resolve("log")).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void aPartOfAFileIsWhatIsAskedFor() throws Exception {
        Files.write(root.resolve("file"), CONTENT);
        var sink = TransferSink.toBytes(10);
        session.download(
                "/file",
                sink,
                DownloadOptions.builder().offset(CONTENT.length - 10).build());
        assertThat(sink.bytes()).isEqualTo(Arrays.copyOfRange(CONTENT, CONTENT.length - 10, CONTENT.length));
    }

    @Test
    void lessThanWasExpectedIsAFailureAndNothingAppears() throws Exception {
        Files.write(root.resolve("file"), CONTENT);
        assertThatThrownBy(() -> session.download(
                        "/file",
                        TransferSink.toPath(here.resolve("file")),
                        DownloadOptions.builder()
                                .expectedSize(CONTENT.length + 1)
                                .build()))
                .isInstanceOfSatisfying(TruncatedTransferException.class, cut -> {
                    assertThat(cut.received()).isEqualTo(CONTENT.length);
                    assertThat(cut.expected()).hasValue(CONTENT.length + 1);
                    assertThat(cut.isRetryable()).isTrue();
                });
        assertThat(here).isEmptyDirectory();
        assertThat(session.command("NOOP", "").code()).isEqualTo(200);
    }

    @Test
    void aCancelledDownloadLeavesTheSessionAndNoFile() throws Exception {
        Files.write(root.resolve("file"), CONTENT);
        RateLimit slow = RateLimit.bytesPerSecond(100_000);
        Download download = session.async()
                .download(
                        "/file",
                        TransferSink.toPath(here.resolve("file")),
                        DownloadOptions.builder().rateLimit(slow).build());
        await().atMost(Patience.LONG_ENOUGH).until(() -> here.toFile().list().length > 0);
        download.cancel();
        assertThatThrownBy(() -> get(download.completion())).isInstanceOf(FtpCancelledException.class);
        assertThat(session.command("NOOP", "").code()).isEqualTo(200);
        await().atMost(Patience.LONG_ENOUGH)
                .untilAsserted(() -> assertThat(here).isEmptyDirectory());
        session.download("/file", here.resolve("file"));
        assertThat(here.resolve("file")).hasBinaryContent(CONTENT);
    }

    @Test
    void aCancelledUploadLeavesTheSessionAndNoFile() throws Exception {
        try (PipedOutputStream never = new PipedOutputStream();
                InputStream content = new PipedInputStream(never)) {
            never.write(1);
            Upload upload = session.async()
                    .upload(
                            TransferSource.fromInputStream(content),
                            "/file",
                            UploadOptions.builder().atomic(true).build());
            upload.completion().cancel(false);
            assertThat(session.command("NOOP", "").code()).isEqualTo(200);
        }
        assertThat(session.command("NOOP", "").code()).isEqualTo(200);
        session.upload(TransferSource.fromBytes(CONTENT), "/file", UploadOptions.defaults());
        await().atMost(Patience.LONG_ENOUGH)
                .untilAsserted(() -> assertThat(root.toFile().list()).containsExactly("file"));
    }

    @Test
    void anInterruptedThreadCancelsWhatItWaitsFor() throws Exception {
        Files.write(root.resolve("file"), CONTENT);
        RateLimit slow = RateLimit.bytesPerSecond(100_000);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                session.download(
                        "/file",
                        TransferSink.toPath(here.resolve("file")),
                        DownloadOptions.builder().rateLimit(slow).build());
            } catch (IOException e) {
                thrown.complete(Thread.currentThread().isInterrupted() ? e : new AssertionError("flag is gone", e));
            }
        });
        waiting.start();
        await().atMost(Patience.LONG_ENOUGH).until(() -> here.toFile().list().length > 0);
        waiting.interrupt();
        assertThat(get(thrown)).isInstanceOf(InterruptedIOException.class);
        waiting.join();
        assertThat(session.command("NOOP", "").code()).isEqualTo(200);
    }

    @Test
    void whatFailsHereLeavesTheSession() throws Exception {
        Files.write(root.resolve("file"), CONTENT);
        assertThatThrownBy(() -> session.download("/file", TransferSink.toBytes(10), DownloadOptions.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than the 10 octets");
        assertThatThrownBy(() -> session.upload(here.resolve("none"), "/none"))
                .isInstanceOf(java.nio.file.NoSuchFileException.class);
        assertThat(session.command("NOOP", "").code()).isEqualTo(200);
        assertThat(root.resolve("none")).doesNotExist();
    }

    @Test
    void progressIsToldInOrderAndUpToTheEnd() throws Exception {
        List<Long> told = new CopyOnWriteArrayList<>();
        List<OptionalLong> totals = new CopyOnWriteArrayList<>();
        Files.write(root.resolve("file"), CONTENT);
        session.download(
                "/file",
                TransferSink.toBytes(CONTENT.length),
                DownloadOptions.builder()
                        .progress((octets, total) -> {
                            told.add(octets);
                            totals.add(total);
                        })
                        .build());
        assertThat(told).isSorted().last().isEqualTo((long) CONTENT.length);
        assertThat(totals).containsOnly(OptionalLong.of(CONTENT.length));
    }

    @Test
    void aClosedClientFailsWhatIsUnderWay() throws Exception {
        Files.write(root.resolve("file"), CONTENT);
        RateLimit slow = RateLimit.bytesPerSecond(1000);
        Download download = session.async()
                .download(
                        "/file",
                        TransferSink.toPath(here.resolve("file")),
                        DownloadOptions.builder().rateLimit(slow).build());
        await().atMost(Patience.LONG_ENOUGH).until(() -> here.toFile().list().length > 0);
        client.close();
        assertThatThrownBy(() -> get(download.completion())).isInstanceOf(FtpException.class);
        assertThat(here).isEmptyDirectory();
        assertThatThrownBy(client::connectBlocking).isInstanceOf(FtpConnectionException.class);
    }
}
