package io.portolan.ftp.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.ftp.server.testing.ServerFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What peers that went wrong may leave behind: nothing. Counted before, and waited for afterwards. */
public final class Leftovers {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Idle listeners that the allocator keeps, and what class loading, the test itself and Netty open once. */
    private static final int DESCRIPTORS_TO_SPARE = 160;

    /** The loops, workers and helpers that a server starts when they are first needed. */
    private static final int THREADS_TO_SPARE = 16;

    private final ServerFixture server;
    private final long descriptors;
    private final int threads;

    private Leftovers(ServerFixture server) throws IOException {
        this.server = server;
        this.descriptors = descriptors();
        this.threads = Thread.activeCount();
    }

    /** Takes stock. */
    public static Leftovers before(ServerFixture server) throws IOException {
        return new Leftovers(server);
    }

    private static long descriptors() throws IOException {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        }
    }

    /** Waits until no session is left, and with them all else has gone that they held. */
    public void expectNone() {
        await("the sessions' end").until(() -> server.server().sessions().isEmpty());
        expectNothingGrew();
    }

    /** The same while sessions live. */
    public void expectNothingGrew() {
        await("leases")
                .untilAsserted(
                        () -> assertThat(server.server().passivePortStatistics().leased())
                                .isLessThanOrEqualTo(server.server().sessions().size()));
        await("descriptors")
                .untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(descriptors + DESCRIPTORS_TO_SPARE));
        await("threads")
                .untilAsserted(() -> assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + THREADS_TO_SPARE));
    }
}
