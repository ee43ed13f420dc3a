package io.portolan.ftp.server.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.ftp.server.fault.Leftovers;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import io.portolan.session.TransferInfo;
import io.portolan.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that are killed while they upload: what was there stays, and nothing is left of what came. */
class KilledClientTest extends ServerPeerTest {

    private static final Duration POLL = Duration.ofMillis(5);

    /** Clients are killed when nothing has come from them for so long: what is still on its way comes before the end of the control connection or not, as it likes. */
    private static final Duration SILENCE = Duration.ofMillis(10);

    /** Sends a part of a file and then nothing more. */
    private static final String UPLOADER = """
            import ftplib, sys, time
            ftp = ftplib.FTP()
            ftp.connect('127.0.0.1', int(sys.argv[1]))
            ftp.login(sys.argv[2], sys.argv[3])
            data = ftp.transfercmd('STOR file')
            data.sendall(b'x' * int(sys.argv[4]))
            time.sleep(1000)
            """;

    private final AtomicInteger completed = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();

    /** How long nothing more has come. */
    private final AtomicReference<Duration> silence = new AtomicReference<>(Duration.ZERO);

    private Duration lastChange = Duration.ZERO;

    private final SessionListener counting = new SessionListener() {
        @Override
        public void transferProgressed(SessionInfo session, TransferInfo transfer) {
            if (received.getAndSet(transfer.bytes()) != transfer.bytes()) {
                lastChange = transfer.elapsed();
            }
            silence.set(transfer.elapsed().minus(lastChange));
        }

        @Override
        public void transferCompleted(SessionInfo session, TransferInfo transfer) {
            completed.incrementAndGet();
        }
    };

    @ParameterizedTest
    @EnumSource(Storage.class)
    void uploadsOfKilledClientsAreNotPublished(Storage storage) throws Exception {
        kill(storage, 20);
    }

    @ParameterizedTest
    @ValueSource(ints = 500)
    @Tag("long")
    void fiveHundredKilledUploadsLeaveNothing(int times) throws Exception {
        kill(Storage.DISK, times);
    }

    private void kill(Storage storage, int times) throws Exception {
        serve(storage, settings -> settings.listener(counting).progressInterval(Duration.ofMillis(5)));
        server.write("/file", "old");
        Peer python = findPython();
        Leftovers leftovers = Leftovers.before(server);
        Random random = new Random(times);
        for (int i = 1; i <= times; i++) {
            int length = 1 + random.nextInt(400_000);
            await("the end of the one before")
                    .pollInterval(POLL)
                    .until(() -> server.server().sessions().isEmpty());
            silence.set(Duration.ZERO);
            received.set(0);
            try (Peer.Running killed = python.start("-c", UPLOADER, port(), USER, PASSWORD, Integer.toString(length))) {
                await("what was sent")
                        .pollInterval(POLL)
                        .until(() -> received.get() == length && silence.get().compareTo(SILENCE) > 0);
                assertThat(killed.process().isAlive()).isTrue();
            }
        }
        leftovers.expectNone();
        assertThat(completed).hasValue(0);
        assertThat(server.text("/file")).isEqualTo("old");
        if (storage == Storage.DISK) {
            assertThat(partsOf(stored)).hasSizeLessThanOrEqualTo(1);
        }
        try (FtpTestClient client = server.login()) {
            assertThat(client.list("NLST").lines()).containsExactly("file");
        }
    }

    /** What is kept of a broken upload, to go on with, is kept once per file. */
    private static List<Path> partsOf(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> !path.endsWith("file"))
                    .toList();
        }
    }
}
