package io.portolan.ftps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Identity;
import io.portolan.ftp.server.ControlProtection;
import io.portolan.ftp.server.VirtualHost;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.EveryVersion;
import io.portolan.ftps.testing.TestAuthority;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import io.portolan.guard.ConnectionLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AUTH, PBSZ, PROT, CCC and REIN under TLS (RFC 4217), and what is said before. */
class ControlConnectionTest {

    private static final byte[] SOME = "0123456789".getBytes(StandardCharsets.US_ASCII);
    private static final String TLS_1_3 = "TLSv1.3";

    /** What the limit is, as an owner of many clients behind one address gets to know it. */
    private static final int HANDSHAKES_PER_ADDRESS = 64;

    private static ServerTls.Builder tls(TlsEngine engine) {
        return ServerTls.builder().keys(TlsKeys.selfSigned()).engine(engine);
    }

    private static TlsFixture server() {
        return TlsFixture.serving(tls(TlsEngine.AUTO).build());
    }

    @Test
    void nothingWorksInTheClear() throws Exception {
        try (TlsFixture server = server();
                TlsTestClient client = TlsTestClient.plain(server, Manner.of(TLS_1_3))) {
            client.expect(220);
            client.expect(530, "USER " + TlsFixture.USER);
            assertThat(client.expect(211, "FEAT"))
                    .contains("\n AUTH TLS\n", "\n AUTH TLS-C\n", "\n AUTH SSL\n", "\n PBSZ\n", "\n PROT\n");
            client.expect(504, "AUTH GSSAPI");
            client.expect(234, "AUTH tls");
            client.handshake();
            client.expect(331, "USER " + TlsFixture.USER);
            client.expect(230, "PASS " + TlsFixture.PASSWORD);
            client.expect(229, "EPSV");
            client.expect(521, "NLST");
            client.expect(200, "PBSZ 0");
            client.expect(534, "PROT C");
            client.expect(536, "PROT S");
            client.expect(200, "PROT P");
            client.expect(503, "AUTH TLS");
            client.expect(534, "CCC");
        }
    }

    @Test
    void tlsCanBeDemandedOfOneUser() throws Exception {
        try (TlsFixture server = TlsFixture.serving(
                tls(TlsEngine.AUTO).requiredForLogin(false).build(),
                builder -> builder.authenticator(request ->
                        request.session().isEncrypted() || request.user().equals("bob")
                                ? AuthenticationResult.accepted(Identity.of(request.user()))
                                : AuthenticationResult.rejected("in the clear")))) {
            try (TlsTestClient client = TlsTestClient.plain(server, Manner.of(TLS_1_3))) {
                client.expect(220);
                client.expect(331, "USER alice");
                client.expect(530, "PASS x");
                client.expect(331, "USER bob");
                client.expect(230, "PASS x");
                client.expect(234, "AUTH TLS");
                client.handshake();
                client.expect(331, "USER alice");
                client.expect(230, "PASS x");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS", "TLS-C", "SSL"})
    void authLeavesDataInTheClearUntilProtSaysOtherwise(String name) throws Exception {
        try (TlsFixture server = TlsFixture.serving(
                        tls(TlsEngine.AUTO).requiredForData(false).build());
                TlsTestClient client = TlsTestClient.plain(server, Manner.of(TLS_1_3))) {
            server.write("/file", SOME);
            client.expect(220);
            client.expect(234, "AUTH " + name);
            client.handshake();
            client.expect(331, "USER " + TlsFixture.USER);
            client.expect(230, "PASS " + TlsFixture.PASSWORD);
            client.expect(200, "TYPE I");
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, "RETR file");
                assertThat(data.raw().getInputStream().readAllBytes()).isEqualTo(SOME);
                client.expect(226);
            }
            client.ready();
            assertThat(client.download("RETR file")).isEqualTo(SOME);
            client.expect(200, "PROT C");
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, "RETR file");
                assertThat(data.raw().getInputStream().readAllBytes()).isEqualTo(SOME);
                client.expect(226);
            }
        }
    }

    @Test
    void tlsPProtectsDataAtOnce() throws Exception {
        try (TlsFixture server = server();
                TlsTestClient client = TlsTestClient.plain(server, Manner.of(TLS_1_3))) {
            server.write("/file", SOME);
            client.expect(220);
            client.expect(234, "AUTH TLS-P");
            client.handshake();
            client.expect(331, "USER " + TlsFixture.USER);
            client.expect(230, "PASS " + TlsFixture.PASSWORD);
            client.expect(200, "TYPE I");
            assertThat(client.download("RETR file")).isEqualTo(SOME);
        }
    }

    @Test
    void implicitTlsProtectsDataWithoutAWord() throws Exception {
        try (TlsFixture server = server();
                TlsTestClient client = TlsTestClient.implicit(server, Manner.of(TLS_1_3))) {
            server.write("/file", SOME);
            client.expect(220);
            client.expect(331, "USER " + TlsFixture.USER);
            client.expect(230, "PASS " + TlsFixture.PASSWORD);
            client.expect(200, "TYPE I");
            assertThat(client.download("RETR file")).isEqualTo(SOME);
            client.ready();
            assertThat(client.download("RETR file")).isEqualTo(SOME);
            client.expect(220, "REIN");
            client.expect(331, "USER " + TlsFixture.USER);
        }
    }

    /** A client that waits for TLS would take 421 for a part of it. */
    @Test
    void whoIsRefusedWhereAllIsProtectedIsToldNothing() throws Exception {
        try (TlsFixture server = TlsFixture.serving(
                        tls(TlsEngine.AUTO).build(),
                        builder -> builder.limits(ConnectionLimits.builder()
                                .total(1)
                                .perAddress(1)
                                .build()));
                TlsTestClient first = TlsTestClient.implicit(server, Manner.of(TLS_1_3))) {
            first.expect(220);
            try (TlsTestClient refused = TlsTestClient.plain(server, Manner.of(TLS_1_3))) {
                refused.expect(421);
            }
            try (TlsTestClient refused = TlsTestClient.implicitUnprotected(server, Manner.of(TLS_1_3))) {
                assertThat(refused.raw().getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void onePortCanServeBoth() throws Exception {
        try (TlsFixture server = TlsFixture.serving(
                tls(TlsEngine.AUTO).build(), builder -> builder.controlProtection(ControlProtection.DETECT))) {
            try (TlsTestClient client = TlsTestClient.plain(server, Manner.of(TLS_1_3))) {
                client.handshake();
                client.expect(220);
                client.login();
            }
            try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(TLS_1_3))) {
                client.login();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void cccGoesBackIntoTheClear(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server =
                TlsFixture.serving(tls(engine).allowClearControl(true).build())) {
            server.write("/file", SOME);
            try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
                client.login();
                client.expect(200, "CCC");
                // the server's close_notify comes first
                assertThat(client.tls().read()).isEqualTo(-1);
                client.tls().closeNotify();
                client.clear();
                client.expect(200, "NOOP");
                assertThat(client.download("RETR file")).isEqualTo(SOME);
                assertThat(server.server().sessions().get(0).isEncrypted()).isFalse();
                // and once more
                client.expect(234, "AUTH TLS");
                client.handshake();
                client.login();
                assertThat(client.download("RETR file")).isEqualTo(SOME);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsEngine.class,
            names = {"BORINGSSL", "JDK"})
    void aClientThatSaysNoCloseNotifyAfterCccIsUnderstood(TlsEngine engine) throws Exception {
        try (TlsFixture server =
                        TlsFixture.serving(tls(engine).allowClearControl(true).build());
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(TLS_1_3))) {
            client.login();
            client.expect(200, "CCC");
            assertThat(client.tls().read()).isEqualTo(-1);
            client.clear();
            client.expect(200, "NOOP");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsEngine.class,
            names = {"BORINGSSL", "JDK"})
    void reinForgetsTheUserAndTls(TlsEngine engine) throws Exception {
        try (TlsFixture server = TlsFixture.serving(tls(engine).build());
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(TLS_1_3))) {
            client.login();
            client.expect(220, "REIN");
            assertThat(client.tls().read()).isEqualTo(-1);
            client.tls().closeNotify();
            client.clear();
            client.expect(530, "USER " + TlsFixture.USER);
            client.expect(503, "PROT P");
            client.expect(234, "AUTH TLS");
            client.handshake();
            client.expect(530, "NLST");
            client.login();
        }
    }

    /** In the same read, if the network does not cut it up: so several times. With TLS 1.2 the server has the last word, and nothing can come with the end. */
    @EveryEngine
    void whatEndsTlsMayComeWithTheEndOfTheHandshake(TlsEngine engine) throws Exception {
        try (TlsFixture server =
                TlsFixture.serving(tls(engine).allowClearControl(true).build())) {
            for (int i = 0; i < 20; i++) {
                for (String command : new String[] {"REIN", "CCC"}) {
                    try (TlsTestClient client = TlsTestClient.explicitSaying(server, Manner.of(TLS_1_3), command)) {
                        client.expect(command.equals("REIN") ? 220 : 200);
                        assertThat(client.tls().read()).isEqualTo(-1);
                        client.tls().closeNotify();
                        client.clear();
                        client.expect(530, "USER " + TlsFixture.USER);
                        client.expect(234, "AUTH TLS");
                        client.handshake();
                        client.login();
                    }
                    try (TlsTestClient client = TlsTestClient.explicitSaying(server, Manner.of(TLS_1_3), command)) {
                        client.expect(command.equals("REIN") ? 220 : 200);
                        assertThat(client.tls().read()).isEqualTo(-1);
                        // without an end of its own, as some clients go on
                        client.clear();
                        client.expect(200, "NOOP");
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsEngine.class,
            names = {"BORINGSSL", "JDK"})
    void authWithinTlsThatHasNotEndedYetKeepsNobodyElseOut(TlsEngine engine) throws Exception {
        try (TlsFixture server = TlsFixture.serving(tls(engine).build())) {
            // more than one address may have handshakes under way
            for (int i = 0; i < 65; i++) {
                try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(TLS_1_3))) {
                    client.expect(220, "REIN");
                    assertThat(client.tls().read()).isEqualTo(-1);
                    client.send("AUTH TLS");
                    client.clear();
                    client.expectClosed();
                }
            }
            try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(TLS_1_3))) {
                client.login();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsEngine.class,
            names = {"BORINGSSL", "JDK"})
    void whatIsSentBehindAuthInTheClearIsFatal(TlsEngine engine) throws Exception {
        try (TlsFixture server = TlsFixture.serving(tls(engine).build())) {
            try (TlsTestClient client = TlsTestClient.plain(server, Manner.of(TLS_1_3))) {
                client.expect(220);
                client.sendRaw("AUTH TLS\r\nUSER mallory\r\n");
                client.expect(503);
                client.expectClosed();
            }
            try (TlsTestClient client = TlsTestClient.plain(server, Manner.of(TLS_1_3))) {
                client.expect(220);
                client.expect(234, "AUTH TLS");
                client.sendRaw("USER mallory\r\n");
                client.expectClosed();
            }
        }
    }

    @EveryVersion
    void whoAsksForAnotherServerIsRefusedThoughTheCertificateIsGoodForIt(TlsEngine engine, String version)
            throws Exception {
        ServerTls strict = ServerTls.builder()
                .keys(TlsKeys.selfSigned("ftp.example.net", "www.example.net"))
                .engine(engine)
                .serverNames("FTP.example.net", "*.files.example.net")
                .build();
        try (TlsFixture server = TlsFixture.serving(strict)) {
            for (String name : new String[] {"ftp.example.net", "eu.files.example.net", ""}) {
                Manner asking =
                        name.isEmpty() ? Manner.of(version) : Manner.of(version).serverName(name);
                try (TlsTestClient client = TlsTestClient.explicit(server, asking)) {
                    client.login();
                    client.upload("STOR file", SOME);
                }
            }
            for (String name : new String[] {"www.example.net", "a.b.files.example.net", "example.net"}) {
                assertThatThrownBy(() -> TlsTestClient.implicit(
                                        server, Manner.of(version).serverName(name))
                                .close())
                        .as(name)
                        .isInstanceOf(SSLException.class)
                        .hasMessageContaining("unrecognized_name");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void onlyFtpIsSpoken(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = TlsFixture.serving(tls(engine).build())) {
            try (TlsTestClient client =
                    TlsTestClient.explicit(server, Manner.of(version).alpn("h2", "ftp"))) {
                assertThat(client.tls().engine().getApplicationProtocol()).isEqualTo("ftp");
                client.login();
                client.upload("STOR file", SOME);
            }
            assertThatThrownBy(() -> TlsTestClient.explicit(
                                    server, Manner.of(version).alpn("h2", "http/1.1"))
                            .close())
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("no_application_protocol");
            try (TlsTestClient client = TlsTestClient.implicit(server, Manner.of(version))) {
                client.expect(220);
                client.sendRaw("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
                client.expectClosed();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void theCertificateIsThatOfTheNameThatIsAskedFor(TlsEngine engine, String version) throws Exception {
        TestAuthority authority = new TestAuthority("the authority");
        TestAuthority.Issued first = authority.issue("first", "ftp.example.net");
        TestAuthority.Issued second = authority.issueRsa("second", "*.example.org");
        TlsKeys keys = TlsKeys.of(first.key(), List.of(first.certificate()))
                .and(TlsKeys.of(second.key(), List.of(second.certificate())));
        ServerTls tls = ServerTls.builder().keys(keys).engine(engine).build();
        try (TlsFixture server = TlsFixture.serving(
                tls,
                builder -> builder.virtualHost(new VirtualHost(
                        "ftp.example.org",
                        builder.build().authenticator(),
                        builder.build().files())))) {
            assertThat(shown(server, Manner.of(version))).isEqualTo(first.certificate());
            assertThat(shown(server, Manner.of(version).serverName("ftp.example.org")))
                    .isEqualTo(second.certificate());
            assertThat(shown(server, Manner.of(version).serverName("ftp.example.net")))
                    .isEqualTo(first.certificate());
            assertThat(shown(server, Manner.of(version).serverName("unknown.example")))
                    .isEqualTo(first.certificate());
            try (TlsTestClient client = TlsTestClient.plain(server, Manner.of(version))) {
                client.expect(220);
                client.expect(220, "HOST ftp.example.org");
                client.expect(234, "AUTH TLS");
                assertThat(certificate(client.handshake().session().getPeerCertificates()[0]))
                        .isEqualTo(second.certificate());
            }
        }
    }

    private static X509Certificate shown(TlsFixture server, Manner manner) throws IOException {
        try (TlsTestClient client = TlsTestClient.explicit(server, manner)) {
            return certificate(client.tls().session().getPeerCertificates()[0]);
        }
    }

    private static X509Certificate certificate(java.security.cert.Certificate shown) {
        return (X509Certificate) shown;
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsEngine.class,
            names = {"BORINGSSL", "JDK"})
    void hostMustAgreeWithTheNameThatTlsWasTold(TlsEngine engine) throws Exception {
        try (TlsFixture server = TlsFixture.serving(
                tls(engine).build(),
                builder -> builder.virtualHost(new VirtualHost(
                                "one.example",
                                builder.build().authenticator(),
                                builder.build().files()))
                        .virtualHost(new VirtualHost(
                                "two.example",
                                builder.build().authenticator(),
                                builder.build().files())))) {
            try (TlsTestClient client =
                    TlsTestClient.explicit(server, Manner.of(TLS_1_3).serverName("one.example"))) {
                client.expect(504, "HOST two.example");
                client.expect(220, "HOST ONE.example");
                client.login();
            }
            try (TlsTestClient client =
                    TlsTestClient.explicit(server, Manner.of(TLS_1_3).serverName("one.example"))) {
                client.login();
                assertThat(server.server().sessions())
                        .anySatisfy(session -> assertThat(session.virtualHost()).contains("one.example"));
            }
            try (TlsTestClient client =
                    TlsTestClient.plain(server, Manner.of(TLS_1_3).serverName("one.example"))) {
                client.expect(220);
                client.expect(220, "HOST two.example");
                client.expect(234, "AUTH TLS");
                client.handshake();
                client.expect(530, "USER " + TlsFixture.USER);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsEngine.class,
            names = {"BORINGSSL", "JDK"})
    void nothingIsNegotiatedTwice(TlsEngine engine) throws Exception {
        try (TlsFixture server = TlsFixture.serving(tls(engine).build());
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.2"))) {
            client.login();
            client.tls().session().invalidate();
            assertThatThrownBy(() -> client.tls().handshake()).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void aKeyManagerCanBeGiven(TlsEngine engine, String version) throws Exception {
        TestAuthority.Issued issued = new TestAuthority("the authority").issue("ftp.example.net");
        ServerTls tls = ServerTls.builder()
                .keys(TlsKeys.keyManager(issued.serverKeyManager()))
                .engine(engine)
                .build();
        try (TlsFixture server = TlsFixture.serving(tls)) {
            assertThat(shown(server, Manner.of(version))).isEqualTo(issued.certificate());
        }
    }

    /** A client that never ends its handshake has a place among the few that one address may have, and loses it. */
    @Test
    void handshakesThatDoNotEndAreFewAndGivenUp() throws Exception {
        try (TlsFixture server = server()) {
            List<TlsTestClient> stalled = new ArrayList<>();
            try {
                for (int i = 0; i < HANDSHAKES_PER_ADDRESS; i++) {
                    TlsTestClient client = TlsTestClient.plain(server, Manner.of(TLS_1_3));
                    stalled.add(client);
                    client.expect(220);
                    client.expect(234, "AUTH TLS");
                }
                try (TlsTestClient refused = TlsTestClient.plain(server, Manner.of(TLS_1_3))) {
                    refused.expect(220);
                    refused.expect(234, "AUTH TLS");
                    refused.expectClosed();
                }
                stalled.get(0).expectClosed();
                await().untilAsserted(() ->
                        TlsTestClient.explicit(server, Manner.of(TLS_1_3)).close());
            } finally {
                for (TlsTestClient client : stalled) {
                    client.close();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void newKeysAreShownWithoutDroppingSessions(TlsEngine engine, String version) throws Exception {
        TlsKeys before = TlsKeys.selfSigned();
        TlsKeys after = TlsKeys.selfSigned();
        ServerTls tls = ServerTls.builder().keys(before).engine(engine).build();
        try (TlsFixture server = TlsFixture.serving(tls);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            client.login();
            for (int i = 0; i < 3; i++) {
                tls.reload(after);
                // on the keys that it began with
                client.upload("STOR file", SOME);
                assertThat(client.download("RETR file")).isEqualTo(SOME);
                assertThat(shown(server, Manner.of(version)))
                        .isEqualTo(after.certificates().get(0));
            }
        }
        tls.reload(before);
        try (TlsFixture server = TlsFixture.serving(tls)) {
            assertThat(shown(server, Manner.of(version)))
                    .isEqualTo(before.certificates().get(0));
        }
    }
}
