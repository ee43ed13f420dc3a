package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.ftp.client.testing.NastySession;
import io.portolan.pool.PoolOptions;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pool hands out, takes back, and learns. */
class FtpPoolTest {

    private NastyServer server;
    private FtpClient client;

    @BeforeEach
    void start() {
        server = NastyServer.start();
        client = FtpClient.builder()
                .host("127.0.0.1")
                .port(server.port())
                .user("any", "body")
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static PoolOptions.Builder options() {
        return PoolOptions.builder();
    }

    private static void isIdle(FtpPool pool, int sessions) {
        await().untilAsserted(() -> {
            assertThat(pool.state().open()).isEqualTo(sessions);
            assertThat(pool.state().idle()).isEqualTo(sessions);
        });
    }

    private long logins() {
        return server.verbs().stream().filter("PASS"::equals).count();
    }

    @Test
    void aSessionIsUsedByOneAfterAnother() throws Exception {
        try (FtpPool pool = client.pool()) {
            for (int i = 0; i < 50; i++) {
                try (FtpLease lease = pool.leaseBlocking()) {
                    lease.blocking()
                            .upload(
                                    TransferSource.fromBytes(new byte[] {(byte) i}),
                                    "/f" + i,
                                    UploadOptions.defaults());
                }
            }
            isIdle(pool, 1);
        }
        assertThat(logins()).isEqualTo(1);
        assertThat(server.read("/f49")).containsExactly(49);
    }

    @Test
    void asManyAsAreAllowedAreOpenAtOnceAndTheOthersWaitForThese() throws Exception {
        FtpPool pool = client.pool(options().maxConnections(2).build());
        FtpLease first = pool.leaseBlocking();
        FtpLease second = pool.leaseBlocking();
        CompletableFuture<FtpLease> third = pool.lease();
        CompletableFuture<FtpLease> fourth = pool.lease();
        await().until(() -> pool.state().waiting() == 2);
        assertThat(pool.state().leased()).isEqualTo(2);
        first.close();
        FtpLease next = third.get(10, TimeUnit.SECONDS);
        assertThat(fourth).isNotDone();
        second.close();
        fourth.get(10, TimeUnit.SECONDS).close();
        next.close();
        isIdle(pool, 2);
        assertThat(logins()).isEqualTo(2);
    }

    @Test
    void whoWaitsTooLongIsToldHowManyAreInUse() throws Exception {
        FtpPool pool = client.pool(
                options().maxConnections(1).maxWait(Duration.ofMillis(50)).build());
        FtpLease lease = pool.leaseBlocking();
        assertThatThrownBy(pool::leaseBlocking)
                .isInstanceOfSatisfying(
                        FtpException.class, e -> assertThat(e.isRetryable()).isTrue())
                .hasMessageContaining("1 of 1 are in use");
        lease.close();
        await().until(() -> pool.state().waiting() == 0);
        pool.leaseBlocking().close();
    }

    @Test
    void noMoreMayWaitThanIsAllowed() throws Exception {
        FtpPool pool = client.pool(options().maxConnections(1).maxWaiting(2).build());
        FtpLease lease = pool.leaseBlocking();
        CompletableFuture<FtpLease> one = pool.lease();
        CompletableFuture<FtpLease> two = pool.lease();
        assertThatThrownBy(pool::leaseBlocking).isInstanceOf(FtpException.class).hasMessageContaining("2 wait");
        lease.close();
        one.get(10, TimeUnit.SECONDS).close();
        two.get(10, TimeUnit.SECONDS).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "421 There are too many connected users, please try later.",
                "421 Too many users - please try again later.",
                "530 Sorry, the maximum number of clients (2) from your host are already connected.",
                "530 Too many connections from this address.",
                "421 2 users (the maximum) are already logged in, sorry"
            })
    void aPoolStaysWithinWhatTheServerAllows(String refusal) throws Exception {
        AtomicInteger welcome = new AtomicInteger(2);
        server.greet(session -> {
            if (welcome.getAndDecrement() > 0) {
                session.reply("220 Welcome.");
            } else {
                session.reply(refusal);
                session.close();
            }
        });
        FtpPool pool = client.pool();
        List<CompletableFuture<FtpLease>> leases = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            leases.add(pool.lease());
        }
        for (CompletableFuture<FtpLease> lease : leases) {
            // two of them at a time, in their order
            lease.get(10, TimeUnit.SECONDS).close();
        }
        // those who are let in may serve all before the last of the others hears that it is not
        await().until(() -> pool.state().limit() == 2);
        int refused = server.sessions().size();
        FtpLease first = pool.leaseBlocking();
        FtpLease second = pool.leaseBlocking();
        CompletableFuture<FtpLease> third = pool.lease();
        await().until(() -> pool.state().waiting() == 1);
        first.close();
        third.get(10, TimeUnit.SECONDS).close();
        second.close();
        assertThat(server.sessions()).as("nobody has tried once more").hasSize(refused);
    }

    @Test
    void afterAWhileOneMoreIsTried() throws Exception {
        AtomicInteger allowed = new AtomicInteger(1);
        server.greet(session -> {
            long open = server.sessions().stream().filter(NastySession::isOpen).count();
            if (open <= allowed.get()) {
                session.reply("220 Welcome.");
            } else {
                session.reply("421 Too many.");
                session.close();
            }
        });
        FtpPool pool = client.pool(options().limitRetry(Duration.ofMillis(100)).build());
        FtpLease first = pool.leaseBlocking();
        CompletableFuture<FtpLease> second = pool.lease();
        await().until(() -> pool.state().limit() == 1 && server.sessions().size() > 1);
        allowed.set(2);
        second.get(10, TimeUnit.SECONDS).close();
        first.close();
        isIdle(pool, 2);
    }

    @Test
    void whereNobodyIsLetInTheReasonIsTold() {
        server.greet(session -> {
            session.reply("421 Too many.");
            session.close();
        });
        FtpPool pool = client.pool();
        List<CompletableFuture<FtpLease>> leases = List.of(pool.lease(), pool.lease(), pool.lease());
        for (CompletableFuture<FtpLease> lease : leases) {
            assertThatThrownBy(() -> lease.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(FtpReplyException.class)
                    .hasMessageContaining("421");
        }
    }

    @Test
    void aWrongPasswordIsNoLimit() throws Exception {
        FtpPool pool = client.pool();
        FtpLease lease = pool.leaseBlocking();
        server.reply("PASS", "530 Login incorrect.");
        assertThatThrownBy(pool::leaseBlocking).isInstanceOf(FtpReplyException.class);
        assertThat(pool.state().limit()).isEqualTo(PoolOptions.DEFAULT_MAX_CONNECTIONS);
        lease.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"530 Login incorrect.", "530 Maximum login attempts exceeded."})
    void aWrongPasswordIsTriedOnceForAllWhoWait(String refusal) {
        server.on("PASS", (session, argument) -> session.after(Duration.ofMillis(100), () -> session.reply(refusal)));
        FtpPool pool = client.pool();
        List<CompletableFuture<FtpLease>> leases =
                Stream.generate(pool::lease).limit(20).toList();
        for (CompletableFuture<FtpLease> lease : leases) {
            assertThatThrownBy(() -> lease.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(FtpReplyException.class);
        }
        assertThat(logins()).isEqualTo(1);
        assertThat(pool.state().limit()).isEqualTo(PoolOptions.DEFAULT_MAX_CONNECTIONS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoWaitsForACheckHearsThatThePoolIsClosed(boolean answered) throws Exception {
        CompletableFuture<NastySession> asked = new CompletableFuture<>();
        FtpPool pool = client.pool(options().checkAfter(Duration.ZERO).build());
        pool.leaseBlocking().close();
        isIdle(pool, 1);
        server.on("NOOP", (session, argument) -> asked.complete(session));
        CompletableFuture<FtpLease> lease = pool.lease();
        NastySession session = asked.get(10, TimeUnit.SECONDS);
        if (answered) {
            session.after(Duration.ZERO, () -> session.reply("421 Enough."));
        }
        pool.close();
        assertThatThrownBy(() -> lease.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(FtpException.class);
        await().until(() -> pool.state().open() == 0);
    }

    @Test
    void whatComesTooLateIsGivenBack() throws Exception {
        CompletableFuture<NastySession> asked = new CompletableFuture<>();
        server.once("PASS", (session, argument) -> asked.complete(session));
        FtpPool pool = client.pool();
        CompletableFuture<FtpLease> lease = pool.lease().orTimeout(1, TimeUnit.MILLISECONDS);
        CompletableFuture<FtpSession> own = client.connect().orTimeout(1, TimeUnit.MILLISECONDS);
        NastySession session = asked.get(10, TimeUnit.SECONDS);
        await().until(() -> lease.isDone() && own.isDone());
        session.after(Duration.ZERO, () -> session.reply("230 Welcome."));
        await().until(() ->
                server.sessions().stream().filter(NastySession::isOpen).count() == 1);
        isIdle(pool, 1);
    }

    @Test
    void aSessionThatBreaksBehindItsLoginIsNotHandedOut() throws Exception {
        server.once("PWD", (session, argument) -> session.reset());
        FtpPool pool = client.pool();
        assertThatThrownBy(pool::leaseBlocking).isInstanceOf(FtpConnectionException.class);
        try (FtpLease lease = pool.leaseBlocking()) {
            assertThat(lease.blocking().workingDirectory()).isEqualTo("/");
        }
        server.reply("PWD", "550 No.");
        try (FtpPool another = client.pool();
                FtpLease lease = another.leaseBlocking()) {
            assertThat(lease.session().isOpen()).isTrue();
        }
    }

    @Test
    void aSessionThatHasBrokenWhileItWasIdleIsNotHandedOut() throws Exception {
        FtpPool pool = client.pool();
        pool.leaseBlocking().close();
        isIdle(pool, 1);
        server.sessions().get(0).reset();
        await().until(() -> pool.state().open() == 0);
        try (FtpLease lease = pool.leaseBlocking()) {
            assertThat(lease.blocking().workingDirectory()).isEqualTo("/");
        }
        assertThat(logins()).isEqualTo(2);
    }

    @Test
    void aSessionThatFailsItsCheckIsNotHandedOut() throws Exception {
        server.once("NOOP", (session, argument) -> session.reply("421 Timed out."));
        FtpPool pool = client.pool(options().checkAfter(Duration.ZERO).build());
        for (int i = 0; i < 3; i++) {
            try (FtpLease lease = pool.leaseBlocking()) {
                assertThat(lease.blocking().workingDirectory()).isEqualTo("/");
            }
        }
        isIdle(pool, 1);
        assertThat(logins()).isEqualTo(2);
    }

    @Test
    void aSessionWithATransferIsNotHandedOut() throws Exception {
        server.on("RETR", (session, name) -> session.reply("150 Some day."));
        FtpPool pool = client.pool();
        FtpLease lease = pool.leaseBlocking();
        Download download = lease.session().download("/f", TransferSink.toBytes(10));
        await().until(() -> server.verbs().contains("RETR"));
        lease.close();
        assertThatThrownBy(() -> download.completion().get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(FtpException.class);
        await().until(() -> pool.state().open() == 0);
    }

    @Test
    void theNextOneIsInTheDirectoryThatTheLoginLeadsTo() throws Exception {
        FtpPool pool = client.pool();
        try (FtpLease lease = pool.leaseBlocking()) {
            lease.blocking().changeDirectory("/elsewhere");
        }
        isIdle(pool, 1);
        assertThat(server.commands()).endsWith("CWD /elsewhere", "CWD /");
    }

    @Test
    void whereTheWayBackIsRefusedTheSessionIsClosed() throws Exception {
        FtpPool pool = client.pool();
        try (FtpLease lease = pool.leaseBlocking()) {
            lease.blocking().changeDirectory("/elsewhere");
            server.reply("CWD", "550 Not any more.");
        }
        await().until(() -> pool.state().open() == 0);
        assertThat(server.sessions()).hasSize(1);
        await().until(() -> !server.sessions().get(0).isOpen());
    }

    @Test
    void aSessionThatMayHaveBeenChangedIsClosed() throws Exception {
        FtpPool pool = client.pool();
        try (FtpLease lease = pool.leaseBlocking()) {
            lease.blocking().site("UMASK 000");
        }
        await().until(() -> pool.state().open() == 0);
        try (FtpLease lease = pool.leaseBlocking()) {
            lease.blocking().command("OPTS", "UTF8 OFF");
        }
        await().until(() -> pool.state().open() == 0);
    }

    @Test
    void whoHasGivenASessionBackCanDoNothingWithIt() throws Exception {
        FtpPool pool = client.pool();
        FtpLease lease = pool.leaseBlocking();
        FtpSession session = lease.session();
        lease.close();
        isIdle(pool, 1);
        FtpLease next = pool.leaseBlocking();
        assertThat(session.isOpen()).isFalse();
        assertThatThrownBy(() -> session.blocking().workingDirectory())
                .isInstanceOf(FtpException.class)
                .hasMessageContaining("given back");
        session.close();
        session.quit().get(10, TimeUnit.SECONDS);
        lease.close();
        lease.discard();
        assertThat(next.blocking().workingDirectory()).isEqualTo("/");
        assertThat(next.session().isOpen()).isTrue();
        await().until(() -> pool.state().leased() == 1);
        next.close();
    }

    @Test
    void aSessionThatIsDiscardedOrClosedIsNotHandedOut() throws Exception {
        FtpPool pool = client.pool();
        FtpLease discarded = pool.leaseBlocking();
        FtpLease closed = pool.leaseBlocking();
        discarded.discard();
        closed.session().close();
        closed.close();
        await().until(() -> pool.state().open() == 0);
        await().until(() -> server.sessions().stream().noneMatch(NastySession::isOpen));
    }

    @Test
    void whatNobodyUsesIsClosed() throws Exception {
        FtpPool pool = client.pool(options().idleTime(Duration.ofMillis(50)).build());
        FtpLease kept = pool.leaseBlocking();
        pool.leaseBlocking().close();
        await().until(() -> pool.state().open() == 1);
        assertThat(kept.blocking().workingDirectory()).isEqualTo("/");
        kept.close();
        await().until(() -> pool.state().open() == 0);
        await().until(() -> server.sessions().stream().noneMatch(NastySession::isOpen));
    }

    @Test
    void whoGivesUpTakesNothing() throws Exception {
        FtpPool pool = client.pool(options().maxConnections(1).build());
        FtpLease lease = pool.leaseBlocking();
        CompletableFuture<FtpLease> cancelled = pool.lease();
        await().until(() -> pool.state().waiting() == 1);
        cancelled.cancel(false);
        await().until(() -> pool.state().waiting() == 0);
        Thread.currentThread().interrupt();
        assertThatThrownBy(pool::leaseBlocking).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        lease.close();
        isIdle(pool, 1);
    }

    @Test
    void closingThePoolEndsThoseWhoWaitAndWhatIsIdle() throws Exception {
        FtpPool pool = client.pool(options().maxConnections(2).build());
        FtpLease used = pool.leaseBlocking();
        FtpLease other = pool.leaseBlocking();
        CompletableFuture<FtpLease> waiting = pool.lease();
        await().until(() -> pool.state().waiting() == 1);
        pool.close();
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).hasMessageContaining("the pool has been closed");
        assertThatThrownBy(pool::leaseBlocking).hasMessageContaining("the pool has been closed");
        assertThat(used.blocking().workingDirectory())
                .as("what is in use stays")
                .isEqualTo("/");
        used.close();
        other.close();
        await().until(() -> pool.state().open() == 0);
        await().until(() -> server.sessions().stream().noneMatch(NastySession::isOpen));
    }

    @Test
    void closingTheClientEndsThoseWhoWait() throws Exception {
        FtpPool pool = client.pool(options().maxConnections(1).build());
        FtpLease used = pool.leaseBlocking();
        CompletableFuture<FtpLease> waiting = pool.lease();
        await().until(() -> pool.state().waiting() == 1);
        client.close();
        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(FtpException.class);
        used.close();
        assertThatThrownBy(pool::leaseBlocking).isInstanceOf(FtpException.class);
        pool.close();
    }

    @Test
    void underLoadWithBreakingConnectionsEachSessionHasOneUserAtATime() throws Exception {
        int threads = 8;
        server.on(
                "PWD",
                (session, argument) ->
                        session.reply("257 \"/" + server.sessions().indexOf(session) + "\" tells the connection."));
        FtpPool pool = client.pool(
                options().maxConnections(3).checkAfter(Duration.ofMillis(1)).build());
        Set<String> inUse = ConcurrentHashMap.newKeySet();
        List<String> shared = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger most = new AtomicInteger();
        ExecutorService users = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int user = 0; user < threads; user++) {
                int number = user;
                done.add(users.submit(() -> {
                    for (int i = 0; i < 60; i++) {
                        use(pool, inUse, shared, most, number * 60 + i);
                    }
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            users.shutdownNow();
            assertThat(users.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(shared).isEmpty();
        assertThat(most.get()).isLessThanOrEqualTo(3);
        await().until(() -> pool.state().leased() == 0 && pool.state().waiting() == 0);
    }

    private static void use(FtpPool pool, Set<String> inUse, List<String> shared, AtomicInteger most, int turn)
            throws IOException {
        try (FtpLease lease = pool.leaseBlocking()) {
            String path = "/only-" + turn;
            String key = lease.blocking().workingDirectory();
            if (!inUse.add(key)) {
                shared.add(key);
            }
            most.accumulateAndGet(inUse.size(), Math::max);
            lease.blocking()
                    .upload(
                            TransferSource.fromBytes(path.getBytes(StandardCharsets.US_ASCII)),
                            path,
                            UploadOptions.defaults());
            inUse.remove(key);
            if (turn % 7 == 0) {
                lease.session().close();
            } else if (turn % 11 == 0) {
                lease.discard();
            }
        }
    }
}
