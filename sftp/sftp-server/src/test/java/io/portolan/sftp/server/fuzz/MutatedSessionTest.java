package io.portolan.sftp.server.fuzz;

import static io.portolan.sftp.server.testing.SftpFixture.PASSWORD;
import static io.portolan.sftp.server.testing.SftpFixture.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.auth.AuthenticationRequest;
import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.server.SftpServerConfig;
import io.portolan.sftp.server.testing.RawClient;
import io.portolan.sftp.server.testing.SftpFixture;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.testing.WatchedFiles;
import io.portolan.transport.TransportOptions;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole valid sessions over a socket, changed inside the encryption: they end or go on, and nothing is left of them; nobody gets to the files who was not let in; nothing
 * is worth a warning.
 */
final class MutatedSessionTest {

    private static final String THREADS = "mutated-sessions";

    private final AtomicInteger letIn = new AtomicInteger();

    @TempDir
    Path stored;

    private AuthenticationResult authenticate(AuthenticationRequest request) {
        boolean right = request.user().equals(USER)
                && request.credentials() instanceof Credentials.Password password
                && PASSWORD.contentEquals(CharBuffer.wrap(password.characters()));
        if (right) {
            letIn.incrementAndGet();
            return AuthenticationResult.accepted(Identity.of(USER));
        }
        return AuthenticationResult.rejected("fuzz");
    }

    private SftpServerConfig.Builder settings(SftpServerConfig.Builder builder) {
        return builder.authenticator(this::authenticate)
                // the quickest, as this is not about key exchanges
                .algorithms(SshAlgorithms.modern().withKeyExchanges(List.of("curve25519-sha256")))
                .legacyScp(true)
                .transport(TransportOptions.builder()
                        .eventLoopThreads(1)
                        .workerThreads(4)
                        .threadNamePrefix(THREADS)
                        .build());
    }

    /** With a bound, as a file that is said to be of four gigabytes is made of as many. */
    private static WatchedFiles memory() {
        return new WatchedFiles(InMemoryFileSystem.builder().maxBytes(1 << 20).build());
    }

    private static List<List<byte[]>> recordings() {
        List<List<byte[]>> all = new ArrayList<>();
        for (int version = 3; version <= 6; version++) {
            all.add(MutatedSession.valid(version));
        }
        all.add(MutatedSession.validCopy());
        return all;
    }

    private void playMutated(SftpFixture server, WatchedFiles files, int times, long seed) throws Exception {
        List<List<byte[]>> recordings = recordings();
        Random seeds = new Random(seed);
        int ended = 0;
        try (LoggedFailures logged = new LoggedFailures()) {
            for (int i = 0; i < times; i++) {
                long next = seeds.nextLong();
                Random random = new Random(next);
                List<byte[]> messages = MutatedSession.of(recordings.get(random.nextInt(recordings.size())), random);
                long callsBefore = files.calls();
                int letInBefore = letIn.get();
                RawClient client = RawClient.connect(server.port());
                try {
                    Replay replay = new Replay(client, messages);
                    replay.say();
                    ended += replay.isServerThere() ? 0 : 1;
                } catch (AssertionError e) {
                    throw new AssertionError("session " + next, e);
                } finally {
                    if (random.nextBoolean()) {
                        client.cut();
                    } else {
                        client.close();
                    }
                }
                await("end of session " + next)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> server.server().sessions().isEmpty()
                                && files.open().isEmpty());
                if (letIn.get() == letInBefore) {
                    assertThat(files.calls()).as("session %d", next).isEqualTo(callsBefore);
                }
                assertThat(logged.events()).as("session %d", next).isEmpty();
            }
        }
        // neither are they all too spoilt to get anywhere, nor is anything taken
        assertThat(ended).isBetween(times / 20, times - times / 20);
        assertThat(letIn).hasValueGreaterThan(times / 2);
    }

    private static void assertAllIsWell(byte[] replies) {
        ByteBuffer left = ByteBuffer.wrap(replies);
        int count = 0;
        while (left.hasRemaining()) {
            byte[] reply = new byte[left.getInt()];
            left.get(reply);
            assertThat(RawClient.statusOf(reply))
                    .as("status of reply %d", count++)
                    .isIn(-1, 0, 1);
        }
        assertThat(count).isGreaterThan(30);
    }

    private static void assertNoThreads() {
        // the one that has told of the end needs a moment for its own
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith(THREADS)));
    }

    @Test
    void theRecordingsAreValid() throws Exception {
        WatchedFiles files = memory();
        try (SftpFixture server = SftpFixture.serving(files.files(), this::settings);
                LoggedFailures logged = new LoggedFailures()) {
            List<List<byte[]>> recordings = recordings();
            for (List<byte[]> messages : recordings) {
                try (RawClient client = RawClient.connect(server.port())) {
                    Replay replay = new Replay(client, messages);
                    replay.say();
                    byte[] replies = replay.allData();
                    if (messages != recordings.get(recordings.size() - 1)) {
                        assertAllIsWell(replies);
                        assertThat(server.exists("/d")).isFalse();
                    }
                }
            }
            assertThat(server.text("/d/a.txt")).isEqualTo("hello");
            assertThat(letIn).hasValue(recordings.size());
            assertThat(logged.events()).isEmpty();
        }
    }

    @Test
    void changedSessionsEndOrGoOnAndLeaveNothing() throws Exception {
        WatchedFiles files = memory();
        try (SftpFixture server = SftpFixture.serving(files.files(), this::settings)) {
            playMutated(server, files, 300, 4254);
        }
        assertNoThreads();
    }

    @Test
    @Tag("long")
    void manyChangedSessionsOnADiskLeaveNothing() throws Exception {
        WatchedFiles files = new WatchedFiles(PathFileSystem.of(stored));
        int times = Integer.getInteger("portolan.fuzz.sessions", 3_000);
        try (SftpFixture server = SftpFixture.serving(files.files(), this::settings)) {
            playMutated(server, files, times, System.nanoTime());
        }
        assertNoThreads();
        try (Stream<Path> all = Files.walk(stored)) {
            // what uploads are written to until they are whole, or kept
            assertThat(all.map(path -> path.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
    }
}
