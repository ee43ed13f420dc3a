package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.guard.ConnectionLimits;
import io.portolan.guard.RateLimit;
import io.portolan.pool.PoolOptions;
import io.portolan.sftp.client.testing.ServerFixture;
import io.portolan.sftp.server.SftpServerConfig;
import io.portolan.sftp.server.SftpSessionLimits;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pool hands out, takes back, and learns, with our own server. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SftpPoolTest {

    private final List<AutoCloseable> ends = new ArrayList<>();
    private ServerFixture server;
    private SftpClient client;

    private void start(UnaryOperator<SftpServerConfig.Builder> serving, UnaryOperator<SftpClient.Builder> connecting) {
        server = ServerFixture.with(
                settings -> serving.apply(settings.user(ServerFixture.USER, ServerFixture.PASSWORD)));
        ends.add(server);
        client = connecting.apply(server.client()).build();
        ends.add(0, client);
    }

    private void start() {
        start(UnaryOperator.identity(), UnaryOperator.identity());
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable end : ends) {
            end.close();
        }
    }

    private static PoolOptions.Builder options() {
        return PoolOptions.builder();
    }

    private int connections() {
        return server.server().sessions().size();
    }

    private void hasConnections(int count) {
        await().untilAsserted(() -> assertThat(connections()).isEqualTo(count));
    }

    private static void isIdle(SftpPool pool, int sessions) {
        await().untilAsserted(() -> {
            assertThat(pool.state().open()).isEqualTo(sessions);
            assertThat(pool.state().idle()).isEqualTo(sessions);
        });
    }

    private static SftpLease take(CompletableFuture<SftpLease> leasing) throws Exception {
        return leasing.get(30, TimeUnit.SECONDS);
    }

    private static List<SftpLease> take(SftpPool pool, int count) throws Exception {
        List<CompletableFuture<SftpLease>> leasing = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leasing.add(pool.lease());
        }
        List<SftpLease> leases = new ArrayList<>();
        for (CompletableFuture<SftpLease> one : leasing) {
            leases.add(take(one));
        }
        return leases;
    }

    private static void write(SftpLease lease, String path) throws IOException {
        lease.blocking().upload(TransferSource.fromBytes(new byte[] {1, 2, 3}), path, UploadOptions.defaults());
    }

    // --- what is shared

    @Test
    void aSessionIsUsedByOneAfterAnother() throws Exception {
        start();
        SftpPool pool = client.pool();
        String first = null;
        for (int i = 0; i < 30; i++) {
            try (SftpLease lease = pool.leaseBlocking()) {
                write(lease, "/f" + i);
                String connection = server.server().sessions().get(0).id();
                first = first == null ? connection : first;
                assertThat(connection).isEqualTo(first);
            }
        }
        isIdle(pool, 1);
        assertThat(connections()).isEqualTo(1);
    }

    @Test
    void sessionsShareConnectionsWhichEndWithTheLastOfThem() throws Exception {
        start();
        SftpPool pool = client.pool();
        List<SftpLease> leases = take(pool, 6);
        assertThat(connections()).isEqualTo(2);
        for (int i = 0; i < 6; i++) {
            write(leases.get(i), "/f" + i);
        }
        assertThat(leases.get(0).session().serverIdentification()).startsWith("SSH-2.0-");
        leases.forEach(SftpLease::discard);
        hasConnections(0);
        isIdle(pool, 0);
    }

    @Test
    void whatNobodyUsesIsClosed() throws Exception {
        start();
        SftpPool pool = client.pool(options().idleTime(Duration.ofMillis(20)).build());
        take(pool, 5).forEach(SftpLease::close);
        isIdle(pool, 0);
        hasConnections(0);
    }

    @Test
    void asManyAsAreAllowedAreOpenAndTheOthersWaitInTheirOrder() throws Exception {
        start();
        SftpPool pool = client.pool(options().maxConnections(1).build());
        SftpLease held = pool.leaseBlocking();
        List<Integer> served = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            waiting.add(pool.lease().thenAccept(lease -> {
                served.add(number);
                lease.close();
            }));
        }
        await().until(() -> pool.state().waiting() == 10);
        held.close();
        CompletableFuture.allOf(waiting.toArray(CompletableFuture<?>[]::new)).get(30, TimeUnit.SECONDS);
        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(connections()).isEqualTo(1);
    }

    @Test
    void whoWaitsTooLongOrBehindTooManyIsTold() throws Exception {
        start();
        SftpPool pool = client.pool(options()
                .maxConnections(1)
                .maxWaiting(1)
                .maxWait(Duration.ofMillis(200))
                .build());
        SftpLease held = pool.leaseBlocking();
        CompletableFuture<SftpLease> late = pool.lease();
        assertThatThrownBy(pool::leaseBlocking)
                .isInstanceOfSatisfying(
                        SftpException.class, e -> assertThat(e.isRetryable()).isTrue())
                .hasMessageContaining("1 wait");
        assertThatThrownBy(() -> take(late))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(SftpException.class)
                .hasMessageContaining("1 of 1 are in use");
        held.close();
        await().until(() -> pool.state().waiting() == 0);
        pool.leaseBlocking().close();
    }

    // --- what is learnt

    @ParameterizedTest
    @CsvSource({"1, 6", "2, 3", "10, 2"})
    void noConnectionHasMoreChannelsThanTheServerAllows(int channels, int connections) throws Exception {
        start(
                settings -> settings.sessionLimits(SftpSessionLimits.DEFAULT.withChannels(channels)),
                UnaryOperator.identity());
        SftpPool pool = client.pool();
        List<SftpLease> leases = take(pool, 6);
        assertThat(connections()).isEqualTo(connections);
        for (int i = 0; i < 6; i++) {
            write(leases.get(i), "/f" + i);
        }
        leases.forEach(SftpLease::close);
        isIdle(pool, 6);
        assertThat(pool.state().limit()).isEqualTo(PoolOptions.DEFAULT_MAX_CONNECTIONS);
        take(pool, 6).forEach(SftpLease::close);
        assertThat(connections()).isEqualTo(connections);
    }

    @Test
    void whereOneConnectionMoreIsRefusedThePoolIsContentWithThoseItHas() throws Exception {
        start(
                settings ->
                        settings.limits(ConnectionLimits.builder().perUser(1).build()),
                settings -> settings.channelsPerConnection(2));
        SftpPool pool = client.pool();
        List<SftpLease> leases = take(pool, 2);
        CompletableFuture<SftpLease> third = pool.lease();
        await().until(() -> pool.state().limit() == 2);
        assertThat(third).isNotDone();
        leases.get(0).close();
        SftpLease next = take(third);
        write(next, "/f");
        next.close();
        leases.get(1).close();
        isIdle(pool, 2);
    }

    // --- what is handed out

    @Test
    void sessionsOfAConnectionThatBreaksAreNotHandedOut() throws Exception {
        start();
        SftpPool pool = client.pool();
        List<SftpLease> leases = take(pool, 4);
        leases.subList(0, 3).forEach(SftpLease::close);
        await().until(() -> pool.state().idle() == 3);
        server.server().disconnect(server.server().sessions().get(0).id(), "test");
        isIdle(pool, 0);
        assertThat(leases.get(3).session().isOpen()).isFalse();
        try (SftpLease lease = pool.leaseBlocking()) {
            write(lease, "/f");
        }
        leases.get(3).close();
        isIdle(pool, 1);
    }

    @Test
    void aSessionThatWasClosedIsNotHandedOut() throws Exception {
        start();
        SftpPool pool = client.pool(options().maxConnections(1).build());
        try (SftpLease lease = pool.leaseBlocking()) {
            lease.session().close();
        }
        try (SftpLease lease = pool.leaseBlocking()) {
            lease.session().quit().get(30, TimeUnit.SECONDS);
        }
        try (SftpLease lease = pool.leaseBlocking()) {
            write(lease, "/f");
        }
        isIdle(pool, 1);
    }

    @Test
    void filesAndListingsThatWereLeftOpenAreClosedForTheNextOne() throws Exception {
        start(
                settings -> settings.sessionLimits(SftpSessionLimits.DEFAULT.withOpenHandles(3)),
                UnaryOperator.identity());
        SftpPool pool = client.pool(options().maxConnections(1).build());
        for (int i = 0; i < 5; i++) {
            SftpLease lease = pool.leaseBlocking();
            write(lease, "/f");
            SftpSession session = lease.session();
            session.open("/f", StandardOpenOption.READ).get(30, TimeUnit.SECONDS);
            session.open("/g", StandardOpenOption.WRITE, StandardOpenOption.CREATE)
                    .get(30, TimeUnit.SECONDS);
            // nobody takes its entries, and the file may still be on its way
            session.list("/");
            lease.close();
        }
        isIdle(pool, 1);
        assertThat(connections()).isEqualTo(1);
    }

    @Test
    void transfersThatAreUnderWayAreCancelledAndTakenAway() throws Exception {
        start(UnaryOperator.identity(), settings -> settings.rateLimit(RateLimit.bytesPerSecond(100_000)));
        SftpPool pool = client.pool(options().maxConnections(1).build());
        SftpLease lease = pool.leaseBlocking();
        CountDownLatch started = new CountDownLatch(1);
        UploadOptions atomic = UploadOptions.builder()
                .atomic(true)
                .progress((moved, total) -> started.countDown())
                .build();
        Upload upload = lease.session().upload(TransferSource.fromBytes(new byte[10_000_000]), "/big", atomic);
        assertThat(started.await(30, TimeUnit.SECONDS)).isTrue();
        lease.close();
        assertThat(upload.completion())
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(SftpCancelledException.class);
        try (SftpLease next = pool.leaseBlocking()) {
            assertThat(next.blocking().list("/")).isEmpty();
        }
        isIdle(pool, 1);
    }

    @Test
    void theNextOneIsInTheDirectoryThatTheLoginLeadsTo() throws Exception {
        start();
        SftpPool pool = client.pool(options().maxConnections(1).build());
        try (SftpLease lease = pool.leaseBlocking()) {
            lease.blocking().createDirectory("/d");
            lease.blocking().changeDirectory("/d");
        }
        try (SftpLease lease = pool.leaseBlocking()) {
            assertThat(lease.blocking().workingDirectory()).isEqualTo("/");
        }
    }

    @Test
    void whoHasGivenASessionBackCanDoNothingWithIt() throws Exception {
        start();
        SftpPool pool = client.pool(options().maxConnections(1).build());
        SftpLease old = pool.leaseBlocking();
        write(old, "/f");
        RemoteFile file = old.session().open("/f", StandardOpenOption.READ).get(30, TimeUnit.SECONDS);
        old.close();
        try (SftpLease lease = pool.leaseBlocking()) {
            assertThatThrownBy(() -> old.blocking().stat("/f")).hasMessageContaining("given back");
            assertThatThrownBy(() -> write(old, "/g")).isInstanceOf(SftpException.class);
            assertThat(file.size()).failsWithin(Duration.ofSeconds(30));
            assertThat(old.session().isOpen()).isFalse();
            old.session().close();
            old.session().quit().get(30, TimeUnit.SECONDS);
            old.close();
            old.discard();
            assertThat(lease.blocking().stat("/g")).isEmpty();
            assertThat(lease.session().isOpen()).isTrue();
        }
        isIdle(pool, 1);
    }

    // --- who gives up, and the end

    @Test
    void whoGivesUpInAnyPhaseTakesNothing() throws Exception {
        start();
        SftpPool pool = client.pool();
        for (int i = 0; i < 20; i++) {
            CompletableFuture<SftpLease> leasing = pool.lease();
            int phase = i % 5;
            if (phase == 1) {
                await().pollInterval(Duration.ofMillis(1))
                        .until(() -> leasing.isDone() || pool.state().connecting() > 0);
            } else if (phase == 2) {
                await().pollInterval(Duration.ofMillis(1)).until(() -> leasing.isDone() || connections() > 0);
            }
            if (phase == 3) {
                leasing.orTimeout(1, TimeUnit.MILLISECONDS);
            } else if (phase == 4) {
                leasing.completeExceptionally(new IOException("gone"));
            } else {
                leasing.cancel(false);
            }
            leasing.thenAccept(SftpLease::discard);
            if (i % 2 == 0) {
                await().until(() -> pool.state().leased() == 0 && pool.state().connecting() == 0);
                take(pool, 1).forEach(SftpLease::discard);
            }
        }
        await().until(() -> pool.state().leased() == 0 && pool.state().connecting() == 0);
        pool.close();
        hasConnections(0);
    }

    @Test
    void closingThePoolEndsThoseWhoWaitAndWhatIsIdle() throws Exception {
        start();
        SftpPool pool = client.pool(options().maxConnections(3).build());
        List<SftpLease> leases = take(pool, 3);
        CompletableFuture<SftpLease> waiting = pool.lease();
        await().until(() -> pool.state().waiting() == 1);
        pool.close();
        assertThatThrownBy(() -> take(waiting)).hasMessageContaining("the pool has been closed");
        write(leases.get(0), "/f");
        leases.forEach(SftpLease::close);
        hasConnections(0);
        isIdle(pool, 0);
        assertThatThrownBy(pool::leaseBlocking).hasMessageContaining("the pool has been closed");
    }

    @Test
    void closingThePoolWhileItConnectsLeavesNoConnection() throws Exception {
        start();
        for (int i = 0; i < 5; i++) {
            SftpPool pool = client.pool();
            CompletableFuture<SftpLease> leasing = pool.lease();
            pool.close();
            assertThatThrownBy(() -> take(leasing)).hasMessageContaining("the pool has been closed");
            await().until(() -> pool.state().connecting() == 0);
        }
        hasConnections(0);
    }

    @Test
    void closingTheClientEndsThoseWhoWaitAndAllSessions() throws Exception {
        start();
        SftpPool pool = client.pool(options().maxConnections(1).build());
        SftpLease held = pool.leaseBlocking();
        CompletableFuture<SftpLease> waiting = pool.lease();
        client.close();
        assertThat(waiting).failsWithin(Duration.ofSeconds(30));
        assertThat(held.session().isOpen()).isFalse();
        held.close();
        assertThatThrownBy(pool::leaseBlocking).isInstanceOf(SftpException.class);
        hasConnections(0);
    }
}
