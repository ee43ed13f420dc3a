package io.portolan.sftp.server.fault;

import static io.portolan.sftp.server.testing.SftpFixture.PASSWORD;
import static io.portolan.sftp.server.testing.SftpFixture.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.server.testing.RawClient;
import io.portolan.sftp.server.testing.SftpFixture;
import io.portolan.ssh.internal.wire.SshWriter;
import io.portolan.testing.FaultyFiles;
import io.portolan.testing.Patience;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** File systems that throw, and file systems that hang. */
final class FailingFileSystemTest {

    private static final String SECRET = "a fault made for this test";
    private static final int READ = 1;
    /** WRITE, CREATE, TRUNCATE. */
    private static final int REPLACE = 0x1a;

    private static final Map<String, Function<String, Throwable>> THROWN = Map.of(
            "IOException", IOException::new,
            "RuntimeException", IllegalStateException::new,
            "Error", AssertionError::new);

    /** One server and one session for all tests: that it lives on is a part of what they show. */
    private static final FaultyFiles faulty = new FaultyFiles(InMemoryFileSystem.create());

    private static SftpFixture server;
    private static RawClient client;

    /** A use of the file system that may go wrong. */
    private interface Attempt {
        int by(RawClient client) throws Exception;
    }

    @BeforeAll
    static void start() throws Exception {
        server = SftpFixture.serving(faulty.files(), settings -> settings);
        server.directory("/dir");
        server.directory("/empty");
        client = RawClient.sftp(server.port(), USER, PASSWORD);
    }

    @BeforeEach
    void restore() throws Exception {
        server.write("/file", "old");
    }

    @AfterEach
    void heal() {
        faulty.heal();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static SshWriter request(SftpMessageNumber number, String... paths) {
        SshWriter packet = new SshWriter().writeByte(number.number()).writeUint32(9);
        for (String path : paths) {
            packet.writeString(path);
        }
        return packet;
    }

    private static SshWriter onHandle(SftpMessageNumber number, byte[] handle) {
        return new SshWriter().writeByte(number.number()).writeUint32(9).writeString(handle);
    }

    private static int open(RawClient client, int flags) {
        return client.status(
                request(SftpMessageNumber.OPEN, "/file").writeUint32(flags).writeUint32(0));
    }

    private static int closed(RawClient client, byte[] handle) {
        return client.status(onHandle(SftpMessageNumber.CLOSE, handle));
    }

    private static int replace(RawClient client) throws Exception {
        byte[] handle = client.open("/file", REPLACE);
        client.write(handle, 0, "new".getBytes(StandardCharsets.UTF_8));
        int written = RawClient.statusOf(client.packet());
        int closed = closed(client, handle);
        return written != 0 ? written : closed;
    }

    private static int read(RawClient client) throws Exception {
        byte[] handle = client.open("/file", READ);
        client.read(handle, 0, 100);
        int status = RawClient.statusOf(client.packet());
        closed(client, handle);
        return status;
    }

    private static Stream<Arguments> faults() {
        Map<String, Attempt> uses = Map.of(
                "VirtualFileSystem.stat", peer -> peer.status(request(SftpMessageNumber.STAT, "/file")),
                "VirtualFileSystem.list", peer -> peer.status(request(SftpMessageNumber.OPENDIR, "/dir")),
                "VirtualFileSystem.createDirectory",
                        peer -> peer.status(
                                request(SftpMessageNumber.MKDIR, "/new").writeUint32(0)),
                "VirtualFileSystem.delete", peer -> peer.status(request(SftpMessageNumber.REMOVE, "/file")),
                "VirtualFileSystem.deleteDirectory", peer -> peer.status(request(SftpMessageNumber.RMDIR, "/empty")),
                "VirtualFileSystem.rename", peer -> peer.status(request(SftpMessageNumber.RENAME, "/file", "/new")),
                "PositionalFiles.openPositional", peer -> open(peer, REPLACE),
                "PositionalFile.read", FailingFileSystemTest::read,
                "PositionalFile.write", FailingFileSystemTest::replace,
                "PositionalFile.commit", FailingFileSystemTest::replace);
        return uses.entrySet().stream()
                .flatMap(use -> THROWN.entrySet().stream()
                        .map(thrown -> Arguments.of(use.getKey(), thrown.getKey(), use.getValue(), thrown.getValue())));
    }

    @ParameterizedTest(name = "{0} throws {1}")
    @MethodSource("faults")
    void theRequestFailsAndTheSessionLivesOn(
            String operation, String name, Attempt attempt, Function<String, Throwable> thrown) throws Exception {
        faulty.make(operation, () -> {
            throw thrown.apply(SECRET);
        });

        assertThat(attempt.by(client)).as(operation + " throws " + name).isGreaterThan(0);

        faulty.heal();
        assertThat(server.text("/file")).isEqualTo("old");
        assertThat(server.exists("/new")).isFalse();
        assertThat(replace(client)).isZero();
        assertThat(server.text("/file")).isEqualTo("new");
    }

    @Test
    void thePeerIsNotToldWhatWentWrongWithin() throws Exception {
        faulty.make("VirtualFileSystem.stat", () -> {
            throw new IOException(SECRET);
        });
        client.sendPacket(request(SftpMessageNumber.STAT, "/file"));

        assertThat(new String(client.packet(), StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
    }

    @Test
    void nobodyIsLetInWithoutFiles() {
        try (SftpFixture without = SftpFixture.serving(
                        InMemoryFileSystem.create(),
                        settings -> settings.files((identity, session) -> {
                            throw new IOException(SECRET);
                        }));
                RawClient guest = RawClient.connect(without.port())) {
            guest.send(new SshWriter().writeByte(5).writeString("ssh-userauth"));
            guest.expect(6);
            guest.send(new SshWriter()
                    .writeByte(50)
                    .writeString(USER)
                    .writeString("ssh-connection")
                    .writeString("password")
                    .writeBoolean(false)
                    .writeString(PASSWORD));

            // a refusal like any other: methods that can go on, no partial success
            byte[] refusal = guest.expect(51);
            assertThat(refusal[refusal.length - 1]).isZero();
        }
    }

    @Test
    void othersGoOnAndTheServerStopsWhileOneCallHangs() throws Exception {
        FaultyFiles hanging = new FaultyFiles(InMemoryFileSystem.create());
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        hanging.make("VirtualFileSystem.createDirectory", () -> {
            entered.countDown();
            released.await();
        });
        try (SftpFixture slow = SftpFixture.serving(hanging.files(), settings -> settings);
                RawClient one = RawClient.sftp(slow.port(), USER, PASSWORD);
                RawClient other = RawClient.sftp(slow.port(), USER, PASSWORD)) {
            one.sendPacket(request(SftpMessageNumber.MKDIR, "/new").writeUint32(0));
            assertThat(entered.await(Patience.MILLIS, TimeUnit.MILLISECONDS)).isTrue();

            assertThat(replace(other)).isZero();
            slow.server().stop(java.time.Duration.ZERO);
            assertThat(other.closed()).succeedsWithin(Patience.LONG_ENOUGH);
        } finally {
            released.countDown();
        }
    }
}
