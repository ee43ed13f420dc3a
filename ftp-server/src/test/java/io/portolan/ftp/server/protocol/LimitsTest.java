package io.portolan.ftp.server.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.FtpTimeouts;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import io.portolan.guard.ConnectionLimits;
import io.portolan.guard.StandardLoginGuard;
import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import io.portolan.testing.Patience;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Time-outs, and how many of what are let in. */
@SuppressWarnings("try") // connections that are only there
class LimitsTest {

    private static final Duration SHORT = ServerFixture.SOON;

    private static UnaryOperator<FtpServerConfig.Builder> timeouts(UnaryOperator<FtpTimeouts> change) {
        return builder -> builder.timeouts(change.apply(ServerFixture.TIMEOUTS));
    }

    @Test
    void whoDoesNotLogInIsSentAway() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(timeouts(times -> times.withLogin(SHORT)))) {
            FtpTestClient client = server.connect();
            client.sendRaw("USER x\r\n");
            client.expect(220);
            client.expect(331);
            client.expect(421);
            client.expectClosed();
        }
    }

    @Test
    void whoIsIdleIsSentAway() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(timeouts(times -> times.withIdle(SHORT)))) {
            FtpTestClient client = server.connect().loginAndSend();
            client.expect(421);
            client.expectClosed();
        }
    }

    @Test
    void whoTransfersIsNotIdle() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(timeouts(times -> times.withIdle(SHORT)))) {
            FtpTestClient client = server.connect();
            try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                listener.setSoTimeout(Patience.MILLIS);
                client.loginAndSend("EPRT |1|127.0.0.1|" + listener.getLocalPort() + "|", "STOR slow");
                client.expect(200);
                client.expect(150);
                try (Socket data = listener.accept()) {
                    long end = System.nanoTime() + SHORT.multipliedBy(2).toNanos();
                    await().pollInterval(SHORT.dividedBy(4)).until(() -> {
                        data.getOutputStream().write(new byte[10]);
                        return System.nanoTime() > end;
                    });
                }
                client.expect(226);
            }
            client.expect(421);
        }
    }

    @Test
    void reinDoesNotPutTheEndOfTheTimeToLogInOff() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(timeouts(times -> times.withLogin(SHORT)))) {
            FtpTestClient client = server.connect();
            client.expect(220);
            await().pollInterval(SHORT.dividedBy(4))
                    .until(() -> client.command("REIN").code() == 421);
        }
    }

    @Test
    void aDataConnectionThatDoesNotComeIsGivenUpWith425() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(timeouts(times -> times.withDataConnect(SHORT)))) {
            FtpTestClient client = server.login();
            client.extendedPassivePort();
            client.expect(150, "STOR file");
            client.expect(425);
            assertThat(server.server().passivePortStatistics().leased()).isZero();
            client.expect(257, "PWD");
            assertThat(server.exists("/file")).isFalse();
        }
    }

    @Test
    void anActiveConnectionThatIsRefusedIsTold425() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.login();
            try (TestData data = client.active()) {
                // nobody listens there any more
            }
            client.expect(150, "LIST");
            client.expect(425);
        }
    }

    @Test
    void aPeerThatSendsNothingIsGivenUpWith426() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(timeouts(times -> times.withStall(SHORT)))) {
            server.write("/file", "old");
            FtpTestClient client = server.login();
            try (TestData data = client.extendedPassive()) {
                client.expect(150, "STOR file");
                data.write(new byte[10]);
                client.expect(426);
            }
            assertThat(server.text("/file")).isEqualTo("old");
        }
    }

    @Test
    void tooManyConnectionsInTotalAreTold421() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(builder ->
                builder.limits(ConnectionLimits.builder().total(2).perAddress(2).build()))) {
            server.login();
            FtpTestClient second = server.login();
            FtpTestClient third = server.connect();
            third.expect(421);
            third.expectClosed();
            second.expect(221, "QUIT");
            await().untilAsserted(() -> assertThat(server.server().sessions()).hasSize(1));
            server.login();
        }
    }

    @Test
    void tooManyConnectionsOfOneAddressAreTold421() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.limits(
                ConnectionLimits.builder().total(10).perAddress(1).build()))) {
            server.login();
            server.connect().expect(421);
            Socket elsewhere = new Socket();
            elsewhere.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), 0));
            elsewhere.connect(server.address());
            try (elsewhere) {
                assertThat(new String(elsewhere.getInputStream().readNBytes(4), US_ASCII))
                        .isEqualTo("220 ");
            }
        }
    }

    @Test
    void tooManySessionsOfOneUserAreTold530() throws Exception {
        List<String> failed = new CopyOnWriteArrayList<>();
        SessionListener listener = new SessionListener() {
            @Override
            public void loginFailed(SessionInfo session, String user, String reason) {
                failed.add(user + ": " + reason);
            }
        };
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.listener(listener)
                .limits(ConnectionLimits.builder().perUser(1).build()))) {
            FtpTestClient first = server.login();
            FtpTestClient second = server.connect();
            second.expect(220);
            second.expect(331, "USER " + ServerFixture.USER);
            second.expect(530, "PASS " + ServerFixture.PASSWORD);
            await().untilAsserted(() -> assertThat(failed).containsExactly("alice: too many sessions of this user"));
            first.expect(220, "REIN");
            second.expect(331, "USER " + ServerFixture.USER);
            second.expect(230, "PASS " + ServerFixture.PASSWORD);
        }
    }

    @Test
    void whoGuessesPasswordsIsDelayedAndThenKeptOut() throws Exception {
        StandardLoginGuard guard = StandardLoginGuard.builder()
                .failures(3)
                .delay(Duration.ofMillis(50), Duration.ofMillis(100))
                .build();
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.loginGuard(guard))) {
            FtpTestClient client = server.connect();
            client.expect(220);
            for (int i = 0; i < 3; i++) {
                long begin = System.nanoTime();
                client.expect(331, "USER " + ServerFixture.USER);
                client.expect(530, "PASS guess " + i);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(40));
            }
            client.expect(331, "USER " + ServerFixture.USER);
            client.expect(421, "PASS " + ServerFixture.PASSWORD);
            client.expectClosed();
            server.connect().expect(421);
        }
    }

    @Test
    void aLineThatIsTooLongIsAnsweredOnceAndSkipped() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.login();
            client.send("CWD " + "x".repeat(100_000));
            client.expect(500);
            client.expect(257, "PWD");
        }
    }

    @Test
    void aPathThatIsTooLongIsRefused() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.login();
            client.expect(553, "CWD " + "x".repeat(9_000));
            client.expect(257, "PWD");
        }
    }
}
