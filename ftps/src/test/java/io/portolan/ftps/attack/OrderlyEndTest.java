package io.portolan.ftps.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.EveryVersion;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import java.io.EOFException;
import java.net.SocketException;
import java.time.Duration;

/** What the server ends by itself ends with close_notify, so that clients can tell it from what somebody else has ended; the test client takes no other end for one. */
class OrderlyEndTest {

    @EveryVersion
    void quitEndsWithCloseNotify(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
                client.login();
                client.expect(221, "QUIT");
                expectOrderlyEnd(client);
            }
            try (TlsTestClient client = TlsTestClient.implicit(server, Manner.of(version))) {
                client.expect(220);
                client.expect(221, "QUIT");
                expectOrderlyEnd(client);
            }
        }
    }

    private static void expectOrderlyEnd(TlsTestClient client) throws Exception {
        assertThat(client.tls().read()).as("close_notify").isEqualTo(-1);
        try {
            assertThat(client.raw().getInputStream().read())
                    .as("nothing behind it")
                    .isEqualTo(-1);
        } catch (SocketException reset) {
            // the connection is over, which is all
        }
    }

    @EveryVersion
    void timeOutsEndWithCloseNotify(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine, timeouts -> timeouts.withLogin(Duration.ofSeconds(1)));
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            client.expect(421);
            expectOrderlyEnd(client);
        }
    }

    @EveryVersion
    void theServersStopEndsWithCloseNotify(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            client.login();
            server.server().stop(Duration.ofSeconds(10));
            client.expect(421);
            expectOrderlyEnd(client);
        }
    }

    @EveryVersion
    void downloadsAndListingsEndWithCloseNotifyAlsoIfTheyAreEmpty(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            client.login();
            for (String command : new String[] {"LIST", "NLST", "MLSD"}) {
                // this reads to close_notify
                client.download(command);
            }
            for (int size : new int[] {0, 1, 16 * 1024, 16 * 1024 + 1, 3_000_000}) {
                server.write("/file", new byte[size]);
                assertThat(client.download("RETR file")).hasSize(size);
            }
        }
    }

    /** With TLS 1.3, where who has heard close_notify may go on to speak (RFC 8446 §6.1): it is not listened to, and the connection ends all the same. */
    @EveryEngine
    void aClientThatNeverEndsItsSideIsNotWaitedForForLong(TlsEngine engine) throws Exception {
        try (TlsFixture server = Servers.with(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.3"))) {
            server.write("/file", new byte[1_000]);
            client.login();
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, "RETR file");
                assertThat(data.readAll()).hasSize(1_000);
                client.expect(226);
                await().untilAsserted(() ->
                        assertThatThrownBy(() -> data.write(new byte[1])).isInstanceOf(SocketException.class));
            }
            client.expect(200, "NOOP");
        }
    }

    @EveryVersion
    void uploadsAreAnsweredWithCloseNotify(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            client.login();
            for (int size : new int[] {0, 1, 1_000_000}) {
                // this reads to close_notify as well
                client.upload("STOR file", new byte[size]);
                assertThat(server.read("/file")).hasSize(size);
            }
        }
    }

    @EveryVersion
    void whatComesBehindCloseNotifyIsNotOfTheFile(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            client.login();
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, "STOR file");
                data.write(new byte[1000]);
                byte[] recorded = data.tls().record(new byte[1000]);
                data.raw().getOutputStream().write(recorded);
                data.tls().closeNotify();
                try {
                    data.raw().getOutputStream().write(recorded);
                    data.raw().getOutputStream().write(new byte[1000]);
                } catch (SocketException closed) {
                    // the server need not listen to it
                }
                client.expect(226);
            }
            assertThat(server.read("/file")).hasSize(2000);
        }
    }

    @EveryVersion
    void aClientThatGoesWithoutCloseNotifyIsGone(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            client.login();
            client.raw().shutdownOutput();
            try {
                assertThat(client.tls().read()).isEqualTo(-1);
            } catch (EOFException | SocketException end) {
                // it did not say goodbye either
            }
        }
    }
}
