package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.guard.RateLimit;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file over several connections, from a server of our own. */
class SegmentedDownloadTest extends ClientTest {

    private static final int SIZE = 21_000_001;

    @TempDir
    Path folder;

    @Override
    ServerFixture startServer() {
        return ServerFixture.serving(
                InMemoryFileSystem.builder().maxBytes(256L << 20).build());
    }

    private byte[] served(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        server.write("/big", content);
        return content;
    }

    private Path target() {
        return folder.resolve("big");
    }

    private void assertNothingElseIsHere() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> !file.equals(target()))).isEmpty();
        }
    }

    @Test
    void aBigFileComesOverSeveralConnections() throws Exception {
        byte[] content = served(SIZE);
        SegmentedDownload.Result result = SegmentedDownload.of(client, "/big", target())
                .withConnections(4)
                .run();
        assertThat(result.octets()).isEqualTo(SIZE);
        assertThat(result.connections()).isBetween(1, 4);
        assertThat(target()).hasBinaryContent(content);
        assertNothingElseIsHere();
    }

    @Test
    void slowConnectionsAreUsedTogether() throws Exception {
        byte[] content = served(SIZE);
        RateLimit slow = RateLimit.bytesPerSecond(6_000_000);
        try (FtpClient limited = another(builder -> builder.rateLimit(slow))) {
            SegmentedDownload.Result result = SegmentedDownload.of(limited, "big", target())
                    .withConnections(3)
                    .run();
            assertThat(result.connections()).isEqualTo(3);
        }
        assertThat(target()).hasBinaryContent(content);
    }

    @Test
    void aSmallFileComesOverOne() throws Exception {
        byte[] content = served(1000);
        assertThat(SegmentedDownload.of(client, "/big", target()).run().connections())
                .isEqualTo(1);
        assertThat(target()).hasBinaryContent(content);
    }

    @Test
    void anEmptyFileComesToo() throws Exception {
        served(0);
        assertThat(SegmentedDownload.of(client, "/big", target()).run().octets())
                .isZero();
        assertThat(target()).isEmptyFile();
    }

    @Test
    void whatFailsLeavesWhatWasThere() throws Exception {
        Files.writeString(target(), "mine");
        assertThatThrownBy(() -> SegmentedDownload.of(client, "/none", target()).run())
                .isInstanceOf(FtpReplyException.class);
        assertThat(target()).hasContent("mine");
        assertNothingElseIsHere();
    }

    @Test
    void anInterruptEndsItAndLeavesNothing() throws Exception {
        served(SIZE);
        RateLimit slow = RateLimit.bytesPerSecond(1_000_000);
        try (FtpClient limited = another(builder -> builder.rateLimit(slow))) {
            FutureTask<SegmentedDownload.Result> download = new FutureTask<>(
                    () -> SegmentedDownload.of(limited, "/big", target()).run());
            Thread caller = new Thread(download, "caller");
            caller.start();
            Awaitility.await().until(() -> {
                try (Stream<Path> files = Files.list(folder)) {
                    return files.anyMatch(file -> file.toFile().length() > 0);
                }
            });
            caller.interrupt();
            assertThatThrownBy(() -> download.get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedIOException.class);
            caller.join(60_000);
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("portolan-segment-"));
    }

    @Test
    void connectionsHaveALimit() {
        SegmentedDownload download = SegmentedDownload.of(client, "/big", target());
        assertThatThrownBy(() -> download.withConnections(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> download.withConnections(17)).isInstanceOf(IllegalArgumentException.class);
    }
}
