package io.portolan.ftps.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.EveryVersion;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import io.portolan.testing.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Somebody else is first at a data port, with whatever can be had without the control connection's secrets. */
class StolenDataConnectionTest {

    private static final byte[] SECRET = "0123456789".getBytes(StandardCharsets.US_ASCII);

    /** The first connection, and those that are granted after it. */
    private static final int REFUSALS = 5;

    /** The right client is waited for as long as is left of its time to connect, which is not what these tests are about. */
    private static TlsFixture impatient(TlsEngine engine) {
        return Servers.with(engine, timeouts -> timeouts.withDataConnect(Duration.ofMillis(300)));
    }

    @EveryVersion
    void aNewSessionFromTheRightAddressIsNoEntry(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = impatient(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            server.write("/file", SECRET);
            client.login();
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, "RETR file");
                assertThatThrownBy(() -> data.tls(Manner.of(version)).read()).isInstanceOf(IOException.class);
                client.expect(522);
            }
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, "STOR file");
                // it may take some time until the thief hears of it
                assertThatThrownBy(() -> {
                            data.tls(Manner.of(version)).write("forged".getBytes(StandardCharsets.US_ASCII));
                            data.tls().closeNotify();
                            data.tls().read();
                        })
                        .isInstanceOf(IOException.class);
                client.expect(522);
            }
            assertThat(server.read("/file")).isEqualTo(SECRET);
            // the client's own session is as good as before
            assertThat(client.download("RETR file")).isEqualTo(SECRET);
        }
    }

    @EveryVersion
    void theRightSessionFromAnotherAddressIsNoEntryAndTheClientStillAwaited(TlsEngine engine, String version)
            throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            server.write("/file", SECRET);
            Manner manner = Manner.of(version);
            try (TlsTestClient client = TlsTestClient.explicit(server, manner)) {
                client.login();
                int port = client.passivePort();
                client.send("RETR file");
                try (Socket stranger = new Socket()) {
                    stranger.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 3}), 0));
                    stranger.setSoTimeout(Patience.MILLIS);
                    boolean out;
                    try {
                        stranger.connect(new InetSocketAddress(client.raw().getInetAddress(), port));
                        out = stranger.getInputStream().read() < 0;
                    } catch (IOException reset) {
                        out = true;
                    }
                    assertThat(out).isTrue();
                }
                try (TlsTestClient.Data data = client.connectTo(port)) {
                    client.expect(150);
                    assertThat(data.readAll()).isEqualTo(SECRET);
                    client.expect(226);
                }
            }
        }
    }

    /** With TLS 1.2, where the client's choice of a session is known: of TLS 1.3's tickets newer JDKs take the oldest. */
    @EveryEngine
    void theSameUsersOtherControlConnectionOpensNothing(TlsEngine engine) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            server.write("/file", SECRET);
            // one store of sessions for two connections to one server: the later session takes the place of the first
            Manner shared = Manner.of("TLSv1.2");
            try (TlsTestClient first = TlsTestClient.explicit(server, shared);
                    TlsTestClient second = TlsTestClient.explicit(server, shared)) {
                first.login();
                second.login();
                assertThat(second.download("RETR file")).isEqualTo(SECRET);
                try (TlsTestClient.Data data = first.passive()) {
                    first.expect(150, "RETR file");
                    assertThatThrownBy(() -> data.tls().read()).isInstanceOf(IOException.class);
                    first.expect(522);
                }
            }
        }
    }

    @EveryVersion
    void whatWasRecordedOnTheWayIsOfNoUse(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = impatient(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            server.write("/file", SECRET);
            client.login();
            byte[] hello;
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, "RETR file");
                assertThat(data.readAll()).isEqualTo(SECRET);
                client.expect(226);
                hello = data.tls().hello();
            }
            for (String command : new String[] {"RETR file", "STOR file"}) {
                try (TlsTestClient.Data data = client.passive()) {
                    client.expect(150, command);
                    data.raw().getOutputStream().write(hello);
                    // the server goes as far as it can without an answer
                    assertThat(data.raw().getInputStream().read()).isEqualTo(22);
                    // which would have to be protected: an application data record with nonsense in it
                    byte[] nonsense = new byte[5 + 40];
                    System.arraycopy(new byte[] {23, 3, 3, 0, 40}, 0, nonsense, 0, 5);
                    data.raw().getOutputStream().write(nonsense);
                    client.expect(522);
                    readToTheEnd(data.raw().getInputStream());
                }
            }
            assertThat(server.read("/file")).isEqualTo(SECRET);
            assertThat(client.download("RETR file")).isEqualTo(SECRET);
        }
    }

    /** Each time it takes a connection's place, and so it is not waited for without end that the next one is the client's. */
    @EveryVersion
    void whoSaysItAgainAndAgainIsRefusedWithTheTransfer(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            server.write("/file", SECRET);
            client.login();
            byte[] hello;
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, "RETR file");
                assertThat(data.readAll()).isEqualTo(SECRET);
                client.expect(226);
                hello = data.tls().hello();
            }
            int port = client.passivePort();
            client.send("RETR file");
            client.expect(150);
            for (int i = 0; i < REFUSALS; i++) {
                try (TlsTestClient.Data data = client.connectTo(port)) {
                    data.raw().getOutputStream().write(hello);
                    assertThat(data.raw().getInputStream().read()).isEqualTo(22);
                }
            }
            client.expect(522);
            assertThat(client.download("RETR file")).isEqualTo(SECRET);
        }
    }

    private static void readToTheEnd(InputStream in) {
        try {
            in.readAllBytes();
        } catch (IOException reset) {
            // is an end as well
        }
    }

    @EveryVersion
    void dataInTheClearIsNoEntry(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = impatient(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            server.write("/file", SECRET);
            client.login();
            for (String command : new String[] {"RETR file", "STOR file", "NLST"}) {
                try (TlsTestClient.Data data = client.passive()) {
                    client.expect(150, command);
                    data.raw().getOutputStream().write("forged\r\n".getBytes(StandardCharsets.US_ASCII));
                    data.raw().shutdownOutput();
                    client.expect(522);
                }
            }
            assertThat(server.read("/file")).isEqualTo(SECRET);
        }
    }
}
