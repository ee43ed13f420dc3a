package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.ftp.server.FtpServer;
import io.portolan.testing.Patience;
import io.portolan.testing.Payload;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.RetryPolicy;
import io.portolan.transfer.TransferProgress;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A server that is stopped and started again and again, at moments of no order, while nobody can connect in between. */
class RestartedServerTest {

    private static final int SIZE = 8 * 1024 * 1024;
    private static final int RESTARTS = 5;

    private static final RetryPolicy SOON = RetryPolicy.builder()
            .attempts(100_000)
            .firstWait(Duration.ofMillis(5))
            .longestWait(Duration.ofMillis(20))
            .build();

    private static final Executor LATER = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

    @TempDir
    private Path folder;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private CompletableFuture<FtpServer> server;
    private int port;
    private int restarts;
    private long next;

    @BeforeEach
    void start() throws Exception {
        server = CompletableFuture.completedFuture(started(0));
        port = server.get().port();
        next = random.nextInt(SIZE / RESTARTS);
    }

    @AfterEach
    void stop() throws Exception {
        server.get(Patience.MILLIS, TimeUnit.MILLISECONDS).close();
    }

    private FtpServer started(int on) throws IOException {
        return FtpServer.builder()
                .port(on)
                .user("alice", "secret")
                .files(PathFileSystem.of(folder))
                .start();
    }

    /** Stops the server here and now, and starts it a while later. */
    private TransferProgress restarting() {
        return (octets, total) -> {
            if (octets < next || restarts == RESTARTS || !server.isDone()) {
                return;
            }
            restarts++;
            next = octets + 1 + random.nextInt((int) Math.max(1, (SIZE - octets) / (RESTARTS - restarts + 1)));
            server.join().stop(Duration.ZERO).join();
            server = CompletableFuture.supplyAsync(this::startedAgain, LATER).thenCompose(started -> started);
        };
    }

    /** Others take any free port, and so perhaps this one for a while. */
    private CompletableFuture<FtpServer> startedAgain() {
        try {
            return CompletableFuture.completedFuture(started(port));
        } catch (IOException e) {
            return CompletableFuture.supplyAsync(this::startedAgain, LATER).thenCompose(started -> started);
        }
    }

    private FtpClient client() {
        return FtpClient.builder()
                .host("127.0.0.1")
                .port(port)
                .user("alice", "secret")
                .build();
    }

    @RepeatedTest(3)
    void aDownloadGoesOnOverAllOfThem() throws Exception {
        byte[] content = Payload.bytes(SIZE);
        Files.write(folder.resolve("file"), content);
        ByteSink sink = TransferSink.toBytes(SIZE);
        try (FtpClient client = client();
                ResilientFtp ftp = client.resilient(SOON)) {
            ftp.download(
                    "file",
                    sink,
                    DownloadOptions.builder().progress(restarting()).build());
        }
        assertThat(sink.bytes()).as("seed " + seed).isEqualTo(content);
        assertThat(restarts).isPositive();
    }

    @RepeatedTest(3)
    void anUploadGoesOnOverAllOfThem() throws Exception {
        byte[] content = Payload.bytes(SIZE);
        try (FtpClient client = client();
                ResilientFtp ftp = client.resilient(SOON)) {
            ftp.upload(
                    TransferSource.fromBytes(content),
                    "file",
                    UploadOptions.builder().atomic(true).progress(restarting()).build());
        }
        assertThat(folder.resolve("file")).hasBinaryContent(content);
        assertThat(restarts).isPositive();
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .as("seed " + seed)
                    .containsExactly("file");
        }
    }
}
