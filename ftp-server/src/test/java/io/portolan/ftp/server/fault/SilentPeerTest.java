package io.portolan.ftp.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.ftp.server.FtpTimeouts;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.guard.ConnectionLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Peers that connect and say next to nothing. */
class SilentPeerTest {

    private static final int CAP = 50;

    /** Longer than any number of connections takes. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** More than the buffers of a connection's two sockets take. */
    private static final long SOCKETS_HOLD = 24 << 20;

    @Test
    void whoSaysNothingIsSentAway() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(
                settings -> settings.timeouts(ServerFixture.TIMEOUTS.withLogin(Duration.ofMillis(500))))) {
            Leftovers leftovers = Leftovers.before(server);
            FtpTestClient client = server.connect();
            client.expect(220);
            client.expect(421);
            client.expectClosed();
            leftovers.expectNone();
        }
    }

    @Test
    void whoSendsALineOctetByOctetIsSentAway() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(
                settings -> settings.timeouts(ServerFixture.TIMEOUTS.withLogin(Duration.ofSeconds(1))))) {
            Leftovers leftovers = Leftovers.before(server);
            FtpTestClient client = server.connect();
            CountDownLatch ended = new CountDownLatch(1);
            Thread dripping = new Thread(
                    () -> {
                        try {
                            while (!ended.await(20, TimeUnit.MILLISECONDS)) {
                                client.sendRaw("X");
                            }
                        } catch (IOException | InterruptedException e) {
                            // sent away
                        }
                    },
                    "slow loris");
            dripping.start();
            client.expect(220);
            client.expect(421);
            ended.countDown();
            dripping.join();
            leftovers.expectNone();
        }
    }

    @Test
    void whoIsIdleAfterTheLoginIsSentAwayWithItsPort() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(
                settings -> settings.timeouts(ServerFixture.TIMEOUTS.withIdle(ServerFixture.SOON)))) {
            Leftovers leftovers = Leftovers.before(server);
            FtpTestClient client = server.connect().loginAndSend("EPSV");
            client.expect(229);
            client.expect(421);
            client.expectClosed();
            leftovers.expectNone();
        }
    }

    /** The short command has a long reply: what is not read must not pile up in the server. */
    @Test
    void whoDoesNotReadItsRepliesIsNotListenedToAndSentAway() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory(
                settings -> settings.timeouts(ServerFixture.TIMEOUTS.withControl(Duration.ofSeconds(1))))) {
            Leftovers leftovers = Leftovers.before(server);
            FtpTestClient client = server.login();
            byte[] many = "FEAT\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            AtomicLong sent = new AtomicLong();
            Thread talking = new Thread(
                    () -> {
                        try {
                            while (true) {
                                client.sendRaw(many);
                                sent.addAndGet(many.length);
                            }
                        } catch (IOException e) {
                            // sent away
                        }
                    },
                    "deaf talker");
            talking.start();
            leftovers.expectNone();
            client.close();
            talking.join();
            assertThat(sent).hasValueLessThan(SOCKETS_HOLD);
        }
    }

    @Test
    void connectionsBeyondTheCapAreRefusedAndTheOthersServed() throws Exception {
        flood(2_000);
    }

    @Test
    @Tag("long")
    void tenThousandSilentConnectionsDoNotDisturbTheOthers() throws Exception {
        flood(10_000);
    }

    private static void flood(int connections) throws Exception {
        // none of the silent ones may be sent away before the last has come
        FtpTimeouts patient = ServerFixture.TIMEOUTS.withLogin(PATIENCE).withIdle(PATIENCE);
        try (ServerFixture server = ServerFixture.inMemory(settings -> settings.timeouts(patient)
                .limits(ConnectionLimits.builder().perAddress(CAP).build()))) {
            server.write("/file", "content");
            FtpTestClient good = server.login();
            Leftovers leftovers = Leftovers.before(server);
            List<FtpTestClient> silent = new ArrayList<>();
            int refused = 0;
            for (int i = 0; i < connections; i++) {
                FtpTestClient client = FtpTestClient.connect(server.address());
                if (client.reply().code() == 220) {
                    silent.add(client);
                } else {
                    client.expectClosed();
                    client.close();
                    refused++;
                }
            }
            assertThat(silent).hasSize(CAP - 1);
            assertThat(refused).isEqualTo(connections - CAP + 1);
            assertThat(server.server().sessions()).hasSize(CAP);
            assertThat(good.download("RETR file")).asString().isEqualTo("content");

            for (FtpTestClient client : silent) {
                client.close();
            }
            await("the sessions' end").until(() -> server.server().sessions().size() == 1);
            server.login().close();
            good.close();
            leftovers.expectNone();
        }
    }
}
