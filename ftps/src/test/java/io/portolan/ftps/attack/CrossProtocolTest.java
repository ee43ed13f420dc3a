package io.portolan.ftps.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftps.ServerTls;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.TlsKeys;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.EveryVersion;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.awaitility.Awaitility;

/** Clients of other protocols that somebody has led here, as the certificate is good for all of a host's services (the ALPACA attack, CVE-2021-3618). */
class CrossProtocolTest {

    private static final List<String> FIRST_LINES = List.of(
            "GET /\r\n",
            "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30\r\n\r\nUSER alice\r\nPASS open sesame\r\n",
            "PUT /x HTTP/1.1\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "EHLO localhost\r\nMAIL FROM:<a@b>\r\n",
            "HELO localhost\r\n",
            "STARTTLS\r\n");

    @EveryVersion
    void browsersAndMailServersInsideTlsAreCutOffAtTheirFirstLine(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            for (String lines : FIRST_LINES) {
                try (TlsTestClient client = TlsTestClient.implicit(server, Manner.of(version))) {
                    client.sendRaw(lines);
                    client.expect(220);
                    client.expectClosed();
                }
            }
        }
    }

    @EveryEngine
    void whoSaysNothingThatIsFtpInsideTlsIsCutOffSoon(TlsEngine engine) throws Exception {
        try (TlsFixture server = Servers.with(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.3"))) {
            client.sendRaw("x-header: y\r\n".repeat(100));
            String reply = client.reply();
            int refusals = 0;
            while (reply.startsWith("500 ")) {
                refusals++;
                reply = client.reply();
            }
            assertThat(reply).startsWith("421 ");
            assertThat(refusals).isLessThan(10);
            client.expectClosed();
        }
    }

    @EveryVersion
    void whatIsInsertedBehindAuthIsNeverCarriedOut(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            // the client's own hello, recorded, so that the inserted line is all that is wrong
            byte[] hello;
            try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
                hello = client.tls().hello();
            }
            for (byte[] behind :
                    new byte[][] {ascii("USER alice\r\n"), ascii("U"), ascii("\r\n"), new byte[] {0}, hello}) {
                try (TlsTestClient client = TlsTestClient.plain(server, Manner.of(version))) {
                    client.expect(220);
                    byte[] auth = ascii("AUTH TLS\r\n");
                    byte[] segment = new byte[auth.length + behind.length];
                    System.arraycopy(auth, 0, segment, 0, auth.length);
                    System.arraycopy(behind, 0, segment, auth.length, behind.length);
                    client.raw().getOutputStream().write(segment);
                    client.expect(503);
                    client.expectClosed();
                }
            }
            Awaitility.await().until(() -> server.server().sessions().isEmpty());
        }
    }

    @EveryVersion
    void whatWasSaidBeforeTlsIsForgotten(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = TlsFixture.serving(ServerTls.builder()
                        .keys(TlsKeys.selfSigned())
                        .engine(engine)
                        .requiredForLogin(false)
                        .build());
                TlsTestClient client = TlsTestClient.plain(server, Manner.of(version))) {
            client.expect(220);
            client.expect(331, "USER " + TlsFixture.USER);
            client.expect(200, "OPTS MLST type;");
            client.expect(200, "OPTS UTF8 OFF");
            client.expect(234, "AUTH TLS");
            client.handshake();
            client.expect(503, "PASS " + TlsFixture.PASSWORD);
            assertThat(client.expect(211, "FEAT")).contains("size*;");
            client.expect(331, "USER " + TlsFixture.USER);
            client.expect(230, "PASS " + TlsFixture.PASSWORD);
            client.expect(257, "MKD \u0142");
            assertThat(server.exists("/\u0142")).isTrue();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @EveryVersion
    void whoOffersOtherProtocolsOnlyIsRefused(TlsEngine engine, String version) throws IOException {
        try (TlsFixture server = Servers.with(engine)) {
            for (String[] names :
                    new String[][] {{"http/1.1"}, {"smtp"}, {"h2", "http/1.1"}, {"imap", "pop3"}, {"ftp2"}}) {
                try (TlsTestClient client = TlsTestClient.implicitUnprotected(
                        server, Manner.of(version).alpn(names))) {
                    try {
                        client.handshake();
                        assertThat(client.tls().engine().getApplicationProtocol())
                                .as("agreed upon, of %s", List.of(names))
                                .isEqualTo("refused");
                    } catch (javax.net.ssl.SSLException e) {
                        assertThat(e).hasMessageContaining("no_application_protocol");
                    }
                    expectNothingButAlerts(client);
                }
            }
            for (String name : new String[] {"ftp", "ftp-data"}) {
                try (TlsTestClient client =
                        TlsTestClient.implicit(server, Manner.of(version).alpn("h2", name))) {
                    assertThat(client.tls().engine().getApplicationProtocol()).isEqualTo(name);
                    client.expect(220);
                }
            }
        }
    }

    private static void expectNothingButAlerts(TlsTestClient client) throws IOException {
        byte[] rest;
        try {
            rest = client.raw().getInputStream().readAllBytes();
        } catch (SocketException reset) {
            return;
        }
        assertThat(rest.length == 0 || rest[0] == 21).isTrue();
    }
}
