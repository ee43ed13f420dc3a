package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.client.testing.CuttingProxy;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.testing.FaultyFiles;
import io.portolan.testing.Patience;
import io.portolan.transfer.ByteSink;
import io.portolan.transfer.RetryPolicy;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever breaks: at the end the content is exactly the source's, or an error is told, and nothing is done twice. */
class ResilientSftpTest {

    private static final int SIZE = 1_500_000;
    private static final int AHEAD = 512 * 1024;

    /** What a key exchange and a login take, and much more. */
    private static final int HANDSHAKE = 30_000;

    private static final RetryPolicy SOON = RetryPolicy.builder()
            .attempts(4)
            .firstWait(Duration.ofMillis(1))
            .longestWait(Duration.ofMillis(1))
            .build();

    private static final RetryPolicy MUCH_LATER = RetryPolicy.builder()
            .firstWait(Duration.ofHours(1))
            .longestWait(Duration.ofHours(1))
            .build();

    @TempDir
    private Path folder;

    private final Random random = new Random(5);
    private final byte[] content = new byte[SIZE];
    private final Queue<Long> lives = new ConcurrentLinkedQueue<>();
    private FaultyFiles files;
    private volatile ServerFixture server;
    /** Done on the thread of the proxy, when the first connection has been cut. */
    private volatile Runnable meanwhile = () -> {};

    private CuttingProxy proxy;
    private SftpClient client;
    private ResilientSftp sftp;

    @BeforeEach
    void start() throws Exception {
        random.nextBytes(content);
        Path served = Files.createDirectory(folder.resolve("served"));
        files = new FaultyFiles(PathFileSystem.builder(served).build());
        server = serve();
        begin(this::nextLife);
    }

    private ServerFixture serve() {
        return ServerFixture.with(settings ->
                settings.user(ServerFixture.USER, ServerFixture.PASSWORD).files(files.files()));
    }

    /** As long as the test says, and then for ever. */
    private long nextLife() {
        Long life = lives.poll();
        if (life == null) {
            meanwhile.run();
            meanwhile = () -> {};
        }
        return life == null ? Long.MAX_VALUE : life;
    }

    private void begin(LongSupplier lifeOfConnections) throws Exception {
        proxy = new CuttingProxy(server.port(), lifeOfConnections);
        // more is never sent ahead of the server's answers
        client = ServerFixture.client(proxy.port())
                .transferMemory(AHEAD)
                .hostKeys(HostKeys.of(server.known().replace(":" + server.port(), ":" + proxy.port())))
                .build();
        sftp = client.resilient(SOON);
    }

    @AfterEach
    void stop() throws Exception {
        sftp.close();
        client.close();
        proxy.close();
        server.close();
    }

    private void put(String path, byte[] octets) throws IOException {
        try (SftpClient plain = server.client().build();
                BlockingSftpSession session = plain.connectBlocking()) {
            var ignored = session.upload(TransferSource.fromBytes(octets), path, UploadOptions.defaults());
        }
    }

    private byte[] get(String path) throws IOException {
        try (SftpClient plain = server.client().build();
                BlockingSftpSession session = plain.connectBlocking()) {
            ByteSink sink = TransferSink.toBytes(SIZE);
            var ignored = session.download(path, sink, DownloadOptions.defaults());
            return sink.bytes();
        }
    }

    private List<String> names() throws IOException {
        return sftp.list("/").stream().map(RemoteEntry::name).toList();
    }

    @Test
    void aDownloadGoesOnWhereItWasCut() throws Exception {
        put("/file", content);
        lives.add(HANDSHAKE + SIZE / 2L);
        ByteArrayOutputStream target = new ByteArrayOutputStream();

        TransferResult result = sftp.download("/file", TransferSink.toOutputStream(target), DownloadOptions.defaults());

        assertThat(target.toByteArray()).isEqualTo(content);
        assertThat(result.octets()).isEqualTo(SIZE);
        assertThat(proxy.cuts()).isEqualTo(1);
    }

    @Test
    void anUploadThatWasCutAppearsWhenItIsWhole() throws Exception {
        Path source = Files.write(folder.resolve("source"), content);
        lives.add(HANDSHAKE + SIZE * 2L / 3);

        TransferResult result = sftp.upload(source, "/file");

        assertThat(get("/file")).isEqualTo(content);
        assertThat(result.octets()).isEqualTo(SIZE);
        assertThat(names()).containsExactly("file");
        assertThat(proxy.cuts()).isEqualTo(1);
    }

    @Test
    void anUploadThatComesFurtherEachTimeGoesOnForMoreThanItsAttempts() throws Exception {
        for (int i = 0; i < SIZE / 50_000; i++) {
            lives.add(AHEAD + 100_000L);
        }
        RetryPolicy twice = RetryPolicy.builder()
                .attempts(2)
                .firstWait(Duration.ofMillis(1))
                .longestWait(Duration.ofMillis(1))
                .build();
        var result = client.resilient(twice).upload(TransferSource.fromBytes(content), "/file", ResilientSftp.UPLOADS);

        assertThat(result.octets()).isEqualTo(SIZE);
        assertThat(get("/file")).isEqualTo(content);
        assertThat(proxy.cuts()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void theServerMayBeStartedAnewInTheMiddle() throws Exception {
        put("/down", content);
        ByteSink sink = TransferSink.toBytes(SIZE);
        restartOnceCut();
        var down = sftp.download("/down", sink, DownloadOptions.defaults());
        assertThat(down.octets()).isEqualTo(SIZE);
        assertThat(sink.bytes()).isEqualTo(content);

        restartOnceCut();
        proxy.cutAll();
        var up = sftp.upload(TransferSource.fromBytes(content), "/up", ResilientSftp.UPLOADS);
        assertThat(up.octets()).isEqualTo(SIZE);
        assertThat(get("/up")).isEqualTo(content);
        assertThat(proxy.cuts()).isEqualTo(2);
    }

    private void restartOnceCut() {
        ServerFixture before = server;
        lives.add(HANDSHAKE + SIZE / 2L);
        meanwhile = () -> {
            before.stop();
            server = serve();
            proxy.leadTo(server.port());
        };
    }

    @Test
    void aFileThatHasChangedIsFetchedAnewIfTheSinkCan() throws Exception {
        byte[] other = new byte[SIZE - 1];
        random.nextBytes(other);
        put("/file", content);
        changeOnceCut(other);
        ByteSink sink = TransferSink.toBytes(SIZE);
        var result = sftp.download("/file", sink, DownloadOptions.defaults());
        assertThat(result.octets()).isEqualTo(other.length);
        assertThat(sink.bytes()).isEqualTo(other);

        put("/file", content);
        changeOnceCut(other);
        proxy.cutAll();
        TransferSink stream = TransferSink.toOutputStream(new ByteArrayOutputStream());
        assertThatThrownBy(() -> sftp.download("/file", stream, DownloadOptions.defaults()))
                .isInstanceOf(SftpException.class)
                .hasMessageContaining("has changed");
    }

    private void changeOnceCut(byte[] other) {
        lives.add(HANDSHAKE + SIZE / 2L);
        meanwhile = () -> {
            try {
                put("/file", other);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Test
    void aRenameWhoseAnswerIsLostIsNotDoneTwice() throws Exception {
        AtomicBoolean cut = new AtomicBoolean();
        files.make("VirtualFileSystem.rename", () -> {
            if (cut.compareAndSet(false, true)) {
                proxy.cutAll();
            }
        });

        var result = sftp.upload(TransferSource.fromBytes(content), "/file", ResilientSftp.UPLOADS);

        assertThat(result.octets()).isEqualTo(SIZE);
        assertThat(get("/file")).isEqualTo(content);
        assertThat(names()).containsExactly("file");
    }

    @Test
    void whatCannotBeReadAgainIsNotSentAgain() throws Exception {
        lives.add(HANDSHAKE + SIZE / 2L);
        TransferSource once = TransferSource.fromInputStream(new ByteArrayInputStream(content));

        assertThatThrownBy(() -> sftp.upload(once, "/file", ResilientSftp.UPLOADS))
                .isInstanceOf(SftpConnectionException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void aServerThatStaysAwayIsGivenUp() {
        server.stop();
        assertThatThrownBy(() -> sftp.list("/")).isInstanceOf(SftpException.class);
        assertThat(proxy.connections()).isEqualTo(SOON.attempts());
    }

    @Test
    void aPasswordThatIsRefusedIsNotTriedAgain() {
        try (SftpClient wrong =
                        server.client().user(ServerFixture.USER, "wrong").build();
                ResilientSftp refused = wrong.resilient(MUCH_LATER)) {
            assertThatThrownBy(() -> refused.stat("/")).isInstanceOf(SftpAuthenticationException.class);
        }
    }

    @Test
    void aConnectionIsKeptAndSharedByWhatIsDoneAtOneTime() throws Exception {
        sftp.createDirectories("/a/b");
        Queue<CompletableFuture<TransferResult>> all = new ArrayDeque<>();
        for (int i = 0; i < 8; i++) {
            all.add(sftp.startUpload(TransferSource.fromBytes(content), "/a/b/" + i, ResilientSftp.UPLOADS));
        }
        for (CompletableFuture<TransferResult> each : all) {
            assertThat(each.get(Patience.LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS)
                            .octets())
                    .isEqualTo(SIZE);
        }
        assertThat(sftp.list("/a/b")).hasSize(8);
        assertThat(sftp.stat("/a/b/0").orElseThrow().size()).hasValue(SIZE);
        String real = sftp.call(session -> session.realPath("/a/b/../b/0"));
        assertThat(real).isEqualTo("/a/b/0");
        assertThat(proxy.connections()).isEqualTo(1);
    }

    /** Waits, as nobody can be reached, until something ends that. */
    private Thread waiting(ResilientSftp patient, AtomicReference<Throwable> failure) {
        int before = proxy.connections();
        server.stop();
        Thread thread = new Thread(() -> {
            try {
                var ignored = patient.stat("/");
            } catch (IOException e) {
                failure.set(e);
            }
        });
        thread.start();
        await().until(() -> proxy.connections() > before && thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    @Test
    void anInterruptEndsAWait() throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (ResilientSftp patient = client.resilient(MUCH_LATER)) {
            Thread thread = waiting(patient, failure);
            thread.interrupt();
            thread.join();
            assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
        }
    }

    @Test
    void theEndOfTheClientEndsAWait() throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = waiting(client.resilient(MUCH_LATER), failure);
        client.close();
        thread.join();
        assertThat(failure.get()).isInstanceOf(SftpConnectionException.class).hasMessageContaining("closed");
    }

    @Test
    void nothingIsDoneWhenItIsClosed() {
        sftp.close();
        assertThatThrownBy(() -> sftp.stat("/"))
                .isInstanceOf(SftpException.class)
                .hasMessageContaining("closed");
    }
}
