package io.portolan.ftp.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.auth.AuthenticationRequest;
import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.fs.DelegatingFileSystem;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.guard.ConnectionLimits;
import io.portolan.guard.LoginGuard;
import io.portolan.guard.StandardLoginGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Logins that are checked side by side, and those whose client does not wait for the answer. */
class LoginGuardTest {

    private static final int FAILURES = 3;
    private static final int CLIENTS = 20;

    private final StandardLoginGuard guard = StandardLoginGuard.builder()
            .failures(FAILURES)
            .delay(Duration.ZERO, Duration.ZERO)
            .build();

    /** Lets "right" in, once the test says so. */
    private static final class Slow implements Authenticator {
        private final AtomicInteger asked = new AtomicInteger();
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public AuthenticationResult authenticate(AuthenticationRequest request) throws InterruptedException {
            asked.incrementAndGet();
            released.await();
            return request.credentials() instanceof Credentials.Password password
                            && new String(password.characters()).equals("right")
                    ? AuthenticationResult.accepted(Identity.of(request.user()))
                    : AuthenticationResult.rejected("wrong");
        }
    }

    private static List<FtpTestClient> clients(ServerFixture server) throws IOException {
        List<FtpTestClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(331, "USER bob");
            clients.add(client);
        }
        return clients;
    }

    @Test
    void guessesSideBySideAreNoMoreThanThoseOneAfterTheOther() throws Exception {
        Slow slow = new Slow();
        try (ServerFixture server =
                ServerFixture.inMemory(builder -> builder.loginGuard(guard).authenticator(slow))) {
            List<FtpTestClient> clients = clients(server);
            for (int i = 0; i < FAILURES; i++) {
                clients.get(i).send("PASS guess" + i);
            }
            await().until(() -> slow.asked.get() == FAILURES);
            for (int i = FAILURES; i < CLIENTS; i++) {
                clients.get(i).send("PASS right");
            }
            slow.released.countDown();

            for (int i = 0; i < FAILURES; i++) {
                clients.get(i).expect(530);
            }
            for (int i = FAILURES; i < CLIENTS; i++) {
                clients.get(i).expect(421);
                clients.get(i).expectClosed();
            }
            assertThat(slow.asked).hasValue(FAILURES);
        }
    }

    @Test
    void whoKnowsThePasswordMayLogInManyTimesAtOnce() throws Exception {
        Slow slow = new Slow();
        try (ServerFixture server =
                ServerFixture.inMemory(builder -> builder.loginGuard(guard).authenticator(slow))) {
            List<FtpTestClient> clients = clients(server);
            for (FtpTestClient client : clients) {
                client.send("PASS right");
            }
            await().until(() -> slow.asked.get() == FAILURES);
            slow.released.countDown();
            for (FtpTestClient client : clients) {
                client.expect(230);
            }
        }
    }

    @Test
    void aGuessWhoseClientDoesNotWaitCountsAsWell() throws Exception {
        Slow slow = new Slow();
        LoginGuard strict = StandardLoginGuard.builder().failures(1).build();
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.loginGuard(strict)
                .authenticator(slow)
                .limits(ConnectionLimits.builder().perAddress(1).build()))) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(331, "USER bob");
            client.send("PASS guess");
            await().until(() -> slow.asked.get() == 1);
            client.close();
            await().until(() -> server.connect().reply().code() == 220);
            slow.released.countDown();
            await().until(() -> !strict.bans().isEmpty());
        }
    }

    @Test
    void filesOpenedForAClientThatHasGoneAreClosedBeforeTheSessionEnds() throws Exception {
        Slow slow = new Slow();
        AtomicBoolean closed = new AtomicBoolean();
        VirtualFileSystem files = new DelegatingFileSystem() {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.authenticator(slow)
                .files((user, session) -> files)
                .limits(ConnectionLimits.builder().perAddress(1).build()))) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(331, "USER bob");
            String id = server.server().sessions().get(0).id();
            client.send("PASS right");
            await().until(() -> slow.asked.get() == 1);
            client.close();
            await().until(() -> server.connect().reply().code() == 220);
            assertThat(server.server().sessions())
                    .anyMatch(session -> session.id().equals(id));
            slow.released.countDown();
            await().until(() -> server.server().sessions().stream()
                    .noneMatch(session -> session.id().equals(id)));
            assertThat(closed).isTrue();
        }
    }

    @Test
    void aGuardThatFailsIsAFaultOfTheServerAndEndsNothingElse() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        LoginGuard faulty = new Broken(broken);
        try (ServerFixture server =
                ServerFixture.serving(InMemoryFileSystem.create(), builder -> builder.loginGuard(faulty))) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(331, "USER " + ServerFixture.USER);
            broken.set(true);
            client.expect(451, "PASS " + ServerFixture.PASSWORD);
            broken.set(false);
            client.expect(331, "USER " + ServerFixture.USER);
            client.expect(230, "PASS " + ServerFixture.PASSWORD);
        }
    }

    /** Code of an application's whose classes are not all there. */
    private record Broken(AtomicBoolean broken) implements LoginGuard {
        @Override
        public boolean allowed(InetAddress source) {
            if (broken.get()) {
                throw new NoClassDefFoundError("org/example/Blacklist");
            }
            return true;
        }

        @Override
        public Duration failed(InetAddress source, String user) {
            return Duration.ZERO;
        }

        @Override
        public void succeeded(InetAddress source, String user) {}

        @Override
        public boolean unban(InetAddress source) {
            return false;
        }

        @Override
        public List<Ban> bans() {
            return List.of();
        }
    }
}
