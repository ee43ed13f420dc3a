package io.portolan.ftp.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.ftp.server.PassivePorts;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.guard.ConnectionLimits;
import io.portolan.testing.FreePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Passive ports that run out, and clients that ask for ports and do not use them. */
class PassivePortFaultTest {

    private static final int SEVERAL = 10;

    private static PassivePorts onePort(Duration maxWait) throws Exception {
        int port = FreePorts.inARow(1);
        return PassivePorts.range(port, port).toBuilder().maxWait(maxWait).build();
    }

    @Test
    void aClientThatGetsNoPortIsToldWhyAndGetsOneLater() throws Exception {
        PassivePorts ports = onePort(Duration.ofMillis(300));
        try (ServerFixture server = ServerFixture.inMemory(settings -> settings.passivePorts(ports))) {
            server.write("/file", "content");
            FtpTestClient first = server.login();
            first.extendedPassivePort();
            FtpTestClient second = server.login();
            assertThat(second.expect(425, "EPSV").text()).containsIgnoringCase("busy");
            assertThat(second.expect(425, "PASV").text()).containsIgnoringCase("busy");
            assertThat(server.server().passivePortStatistics().refused()).isEqualTo(2);

            first.expect(221, "QUIT");
            await("the port")
                    .until(() -> server.server().passivePortStatistics().leased() == 0);
            assertThat(second.download("RETR file")).asString().isEqualTo("content");
        }
    }

    @Test
    void aClientThatWaitsGetsThePortThatIsGivenBack() throws Exception {
        PassivePorts ports = onePort(Duration.ofSeconds(60));
        try (ServerFixture server = ServerFixture.inMemory(settings -> settings.passivePorts(ports))) {
            FtpTestClient first = server.login();
            first.extendedPassivePort();
            FtpTestClient second = server.login();
            second.send("EPSV");
            await("the wait")
                    .until(() -> server.server().passivePortStatistics().waiting() == 1);
            first.close();
            second.expect(229);
            assertThat(server.server().passivePortStatistics().waiting()).isZero();
        }
    }

    @Test
    void aClientThatLeavesWhileItWaitsIsForgotten() throws Exception {
        PassivePorts ports = onePort(Duration.ofSeconds(60));
        try (ServerFixture server = ServerFixture.inMemory(settings -> settings.passivePorts(ports))) {
            FtpTestClient first = server.login();
            first.extendedPassivePort();
            FtpTestClient second = server.login();
            second.send("EPSV");
            await("the wait")
                    .until(() -> server.server().passivePortStatistics().waiting() == 1);
            second.close();
            await("the end of the wait")
                    .until(() -> server.server().passivePortStatistics().waiting() == 0);
            assertThat(first.extendedPassivePort()).isEqualTo(ports.first());
        }
    }

    @Test
    void portsThatNobodyUsesAreGivenBack() throws Exception {
        askForPorts(3_000);
    }

    @Test
    @Tag("long")
    void aHundredThousandPortsThatNobodyUsesAreGivenBack() throws Exception {
        askForPorts(100_000);
    }

    private static void askForPorts(int requests) throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(settings ->
                settings.limits(ConnectionLimits.builder().perAddress(SEVERAL).build()))) {
            server.write("/file", "content");
            List<FtpTestClient> clients = new ArrayList<>();
            for (int i = 0; i < SEVERAL; i++) {
                clients.add(server.login());
            }
            Leftovers leftovers = Leftovers.before(server);
            for (int i = 0; i < requests; i++) {
                // half of them on the first session, the others on all in turn
                FtpTestClient client = clients.get(i % 2 == 0 ? 0 : i / 2 % SEVERAL);
                if (i % 3 == 0) {
                    client.passivePort();
                } else {
                    client.extendedPassivePort();
                }
            }
            leftovers.expectNothingGrew();
            assertThat(server.server().passivePortStatistics().granted()).isGreaterThanOrEqualTo(requests);
            for (FtpTestClient client : clients) {
                assertThat(client.download("RETR file")).asString().isEqualTo("content");
                client.close();
            }
            leftovers.expectNone();
        }
    }
}
