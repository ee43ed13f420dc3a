package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.guard.RateLimit;
import io.portolan.sftp.client.testing.CuttingProxy;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.client.testing.SshKeys;
import io.portolan.sftp.client.testing.SshdFixture;
import io.portolan.testing.Patience;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One file over several connections. */
@Timeout(240)
class SegmentedTransferTest {

    /** Six segments, the last of which is short. */
    private static final int SIZE = 22 * 1024 * 1024 + 17;

    /** So slow that there is time for all connections. */
    private static final RateLimit SLOW = RateLimit.bytesPerSecond(16_000_000);

    @TempDir
    private Path folder;

    private final byte[] content = new byte[SIZE];
    private Path there;
    private Path here;
    private AutoCloseable server;
    private CuttingProxy proxy;
    private SftpClient client;
    private String prefix = "/";

    /** Who serves. */
    enum Kind {
        OWN,
        OPENSSH
    }

    @BeforeEach
    void fill() throws IOException {
        new Random(1).nextBytes(content);
        there = Files.createDirectory(folder.resolve("there"));
        here = Files.createDirectory(folder.resolve("here"));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        proxy.close();
        server.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("portolan-segment-"));
    }

    private void begin(Kind kind, RateLimit limit, LongSupplier lives) throws Exception {
        if (kind == Kind.OWN) {
            PathFileSystem files = PathFileSystem.of(there);
            ServerFixture own = ServerFixture.with(settings ->
                    settings.user(ServerFixture.USER, ServerFixture.PASSWORD).files(files));
            server = own;
            proxy = new CuttingProxy(own.port(), lives);
            client = ServerFixture.client(proxy.port())
                    .hostKeys(HostKeys.of(own.known().replace(":" + own.port(), ":" + proxy.port())))
                    .rateLimit(limit)
                    .build();
            return;
        }
        SshKeys keys = new SshKeys(folder);
        Path hostKey = keys.key("host", "ed25519");
        Path identity = keys.key("identity", "ed25519");
        SshdFixture sshd = SshdFixture.start(folder, List.of(hostKey), List.of(SshKeys.publicHalf(identity)));
        server = sshd;
        proxy = new CuttingProxy(sshd.port(), lives);
        prefix = there + "/";
        client = ServerFixture.client(proxy.port())
                .user(SshdFixture.user(), identity)
                .hostKeys(HostKeys.of("[127.0.0.1]:" + proxy.port() + " " + SshKeys.publicHalf(hostKey)))
                .rateLimit(limit)
                .build();
    }

    private static long forever() {
        return Long.MAX_VALUE;
    }

    private SegmentedDownload download() {
        return SegmentedDownload.of(client, prefix + "big", here.resolve("big"));
    }

    private SegmentedUpload upload() {
        return SegmentedUpload.of(client, here.resolve("big"), prefix + "big");
    }

    private static void containsOnly(Path directory, String... names) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileComesOverSeveralConnections(Kind kind) throws Exception {
        Files.write(there.resolve("big"), content);
        begin(kind, SLOW, SegmentedTransferTest::forever);
        SegmentedDownload.Result result = download().run();
        assertThat(result.octets()).isEqualTo(SIZE);
        assertThat(result.connections()).isBetween(2, 4);
        assertThat(proxy.connections()).isLessThanOrEqualTo(4);
        assertThat(here.resolve("big")).hasBinaryContent(content);
        containsOnly(here, "big");
    }

    @ParameterizedTest
    @EnumSource
    void aFileGoesOverSeveralConnections(Kind kind) throws Exception {
        Files.write(here.resolve("big"), content);
        Files.writeString(there.resolve("big"), "older");
        begin(kind, SLOW, SegmentedTransferTest::forever);
        SegmentedUpload.Result result = upload().run();
        assertThat(result.octets()).isEqualTo(SIZE);
        assertThat(result.connections()).isBetween(2, 4);
        assertThat(there.resolve("big")).hasBinaryContent(content);
        containsOnly(there, "big");
    }

    @ParameterizedTest
    @EnumSource
    void itIsWholeBothWaysThoughConnectionsAreCut(Kind kind) throws Exception {
        Files.write(there.resolve("big"), content);
        Random random = new Random(2);
        AtomicInteger left = new AtomicInteger(6);
        begin(
                kind,
                RateLimit.unlimited(),
                () -> left.getAndDecrement() > 0 ? 3_000_000 + random.nextInt(4_000_000) : Long.MAX_VALUE);
        download().run();
        assertThat(proxy.cuts()).isPositive();
        assertThat(here.resolve("big")).hasBinaryContent(content);
        containsOnly(here, "big");

        int cuts = proxy.cuts();
        Files.delete(there.resolve("big"));
        left.set(6);
        upload().run();
        assertThat(proxy.cuts()).isGreaterThan(cuts);
        assertThat(there.resolve("big")).hasBinaryContent(content);
        containsOnly(there, "big");
    }

    @Test
    void aServerThatLetsInOneIsServedByOne() throws Exception {
        Files.write(there.resolve("big"), content);
        AtomicInteger connections = new AtomicInteger();
        begin(Kind.OWN, SLOW, () -> connections.getAndIncrement() == 0 ? Long.MAX_VALUE : 0);
        assertThat(download().run().connections()).isEqualTo(1);
        assertThat(here.resolve("big")).hasBinaryContent(content);
        assertThat(connections).hasValueGreaterThan(1);
    }

    @Test
    void smallAndEmptyFilesTakeOne() throws Exception {
        begin(Kind.OWN, RateLimit.unlimited(), SegmentedTransferTest::forever);
        for (int size : new int[] {0, 1, 100_000}) {
            byte[] small = Arrays.copyOf(content, size);
            Files.write(here.resolve("big"), small);
            assertThat(upload().run()).isEqualTo(new SegmentedUpload.Result(size, 1));
            assertThat(there.resolve("big")).hasBinaryContent(small);
            Files.delete(here.resolve("big"));
            assertThat(download().run()).isEqualTo(new SegmentedDownload.Result(size, 1));
            assertThat(here.resolve("big")).hasBinaryContent(small);
        }
    }

    @Test
    void whatChangesOnTheServerMeanwhileFails() throws Exception {
        Files.write(there.resolve("big"), content);
        Files.writeString(here.resolve("big"), "mine");
        begin(Kind.OWN, SLOW, SegmentedTransferTest::forever);
        Thread caller = running(() -> download().run(), SftpVerificationException.class);
        await().until(this::hasBegun);
        Files.write(there.resolve("big"), new byte[1], StandardOpenOption.APPEND);
        caller.join();
        assertThat(failure).isNull();
        assertThat(here.resolve("big")).hasContent("mine");
        containsOnly(here, "big");
    }

    @Test
    void whatChangesHereMeanwhileFails() throws Exception {
        Files.write(here.resolve("big"), content);
        Files.writeString(there.resolve("big"), "theirs");
        begin(Kind.OWN, SLOW, SegmentedTransferTest::forever);
        Thread caller = running(() -> upload().run(), SftpVerificationException.class);
        await().until(() -> proxy.moved() > 1_000_000);
        Files.write(here.resolve("big"), new byte[1], StandardOpenOption.APPEND);
        caller.join();
        assertThat(failure).isNull();
        assertThat(there.resolve("big")).hasContent("theirs");
        containsOnly(there, "big");
    }

    private volatile Throwable failure;

    /** A call that has to fail with such an exception; what else happens is a failure of the test. */
    private Thread running(Callable<?> call, Class<? extends Exception> expected) {
        Thread thread = new Thread(
                () -> {
                    try {
                        assertThatThrownBy(call::call).isInstanceOf(expected);
                    } catch (Throwable e) {
                        failure = e;
                    }
                },
                "caller");
        thread.start();
        return thread;
    }

    private boolean hasBegun() throws IOException {
        try (Stream<Path> files = Files.list(here)) {
            return files.anyMatch(
                    file -> file.toString().endsWith(".part") && file.toFile().length() > 1_000_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptEndsItAndLeavesNothing(Kind kind) throws Exception {
        Files.write(there.resolve("big"), content);
        begin(kind, RateLimit.bytesPerSecond(2_000_000), SegmentedTransferTest::forever);
        interrupted(() -> download().run(), 1_000_000);
        containsOnly(here);

        Files.write(here.resolve("big"), content);
        Files.delete(there.resolve("big"));
        interrupted(() -> upload().run(), proxy.moved() + 1_000_000);
        containsOnly(there);
    }

    private void interrupted(Callable<?> call, long moved) throws Exception {
        FutureTask<?> task = new FutureTask<>(call);
        Thread caller = new Thread(task, "caller");
        caller.start();
        await().until(() -> proxy.moved() > moved);
        caller.interrupt();
        assertThatThrownBy(() -> task.get(Patience.MILLIS, TimeUnit.MILLISECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedIOException.class);
        caller.join();
    }

    @Test
    void whatIsNotThereLeavesWhatWas() throws Exception {
        Files.writeString(here.resolve("big"), "mine");
        begin(Kind.OWN, RateLimit.unlimited(), SegmentedTransferTest::forever);
        assertThatThrownBy(() -> download().run())
                .isInstanceOfSatisfying(
                        SftpStatusException.class,
                        e -> assertThat(e.isNotFound()).isTrue());
        assertThat(here.resolve("big")).hasContent("mine");
        assertThatThrownBy(() -> SegmentedUpload.of(client, here.resolve("big"), "/no/such/folder/big")
                        .run())
                .isInstanceOf(SftpStatusException.class);
        containsOnly(there);
    }

    @Test
    void connectionsHaveALimit() throws Exception {
        begin(Kind.OWN, RateLimit.unlimited(), SegmentedTransferTest::forever);
        for (int wrong : new int[] {0, 17}) {
            assertThatThrownBy(() -> download().withConnections(wrong)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> upload().withConnections(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
