package io.portolan.ftps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.auth.AuthenticationRequest;
import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.TestAuthority;
import io.portolan.ftps.testing.TestAuthority.Issued;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import io.portolan.guard.LoginGuard;
import io.portolan.guard.StandardLoginGuard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Client certificates: off, wanted, needed, alone or with a password. */
class ClientCertificatesTest {

    private static final byte[] SOME = "0123456789".getBytes(StandardCharsets.US_ASCII);

    private static TestAuthority authority;
    private static Issued alices;
    private static Issued strangers;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority("the authority");
        alices = authority.issue("alice");
        strangers = new TestAuthority("another").issue("alice");
    }

    private static ServerTls tls(TlsEngine engine, ClientCertificates clients) {
        return ServerTls.builder()
                .keys(TlsKeys.selfSigned())
                .engine(engine)
                .clientCertificates(clients)
                .build();
    }

    private static ClientCertificates wanted() {
        return ClientCertificates.wanted(List.of(authority.certificate()));
    }

    private static ClientCertificates needed() {
        return ClientCertificates.needed(List.of(authority.certificate()));
    }

    /** Whoever holds the certificate of a name is let in under it, without a password. */
    private static AuthenticationResult byName(AuthenticationRequest request) {
        return request.credentials() instanceof Credentials.ClientCertificate shown
                        && shown.chain()
                                .get(0)
                                .getSubjectX500Principal()
                                .getName()
                                .equals("CN=" + request.user())
                ? AuthenticationResult.accepted(Identity.of(request.user()))
                : AuthenticationResult.rejected("no");
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void aCertificateIsEnoughIfTheAuthenticatorSaysSo(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = TlsFixture.serving(
                        tls(engine, wanted()), builder -> builder.authenticator(ClientCertificatesTest::byName));
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version, alices.keyManager()))) {
            // another name's, and one that is known by a password
            client.expect(331, "USER bob");
            client.expect(530, "PASS x");
            // the name's own, whom the list of users does not let in by this
            client.expect(232, "USER alice");
            client.ready();
            client.upload("STOR file", SOME);
            assertThat(client.download("RETR file")).isEqualTo(SOME);
            assertThat(server.server().sessions().get(0).clientCertificates()).containsExactly(alices.certificate());
        }
    }

    /** Who speaks behind CCC (RFC 4217 §12.2) may be somebody else. */
    @EveryEngine
    void inTheClearAgainACertificateLetsNobodyIn(TlsEngine engine) throws Exception {
        ServerTls tls = ServerTls.builder()
                .keys(TlsKeys.selfSigned())
                .engine(engine)
                .clientCertificates(wanted())
                .requiredForLogin(false)
                .allowClearControl(true)
                .build();
        try (TlsFixture server =
                        TlsFixture.serving(tls, builder -> builder.authenticator(ClientCertificatesTest::byName));
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.3", alices.keyManager()))) {
            client.expect(232, "USER alice");
            client.expect(200, "CCC");
            assertThat(client.tls().read()).isEqualTo(-1);
            client.tls().closeNotify();
            client.clear();
            client.expect(331, "USER alice");
            assertThat(server.server().sessions().get(0).clientCertificates()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.3", "JDK, TLSv1.3"})
    void withoutOneThePasswordIsAskedFor(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = TlsFixture.serving(tls(engine, wanted()));
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            client.login();
            client.upload("STOR file", SOME);
            assertThat(server.server().sessions().get(0).clientCertificates()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void aCertificateAndAPasswordCanBeDemandedTogether(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = TlsFixture.serving(
                        tls(engine, needed()),
                        builder -> builder.authenticator(
                                request -> request.credentials() instanceof Credentials.Password given
                                                && new String(given.characters()).equals("secret")
                                                && request.session()
                                                        .clientCertificates()
                                                        .contains(alices.certificate())
                                        ? AuthenticationResult.accepted(Identity.of(request.user()))
                                        : AuthenticationResult.rejected("no")));
                TlsTestClient client = TlsTestClient.implicit(server, Manner.of(version, alices.keyManager()))) {
            client.expect(220);
            client.expect(331, "USER bob");
            client.expect(530, "PASS wrong");
            client.expect(331, "USER bob");
            client.expect(230, "PASS secret");
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void withoutATrustedOneThereIsNoHandshakeWhereItIsNeeded(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = TlsFixture.serving(tls(engine, needed()))) {
            refused(server, Manner.of(version));
            refused(server, Manner.of(version, strangers.keyManager()));
            accepted(server, Manner.of(version, alices.keyManager()));
        }
        try (TlsFixture server = TlsFixture.serving(tls(engine, wanted()))) {
            refused(server, Manner.of(version, strangers.keyManager()));
        }
    }

    private static void refused(TlsFixture server, Manner manner) {
        // with TLS 1.3 the client learns of it when it reads
        assertThatThrownBy(() -> accepted(server, manner)).isInstanceOf(IOException.class);
    }

    private static void accepted(TlsFixture server, Manner manner) throws IOException {
        try (TlsTestClient client = TlsTestClient.explicit(server, manner)) {
            client.expect(200, "NOOP");
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void aRevokedOneIsNotTrusted(TlsEngine engine, String version) throws Exception {
        Issued bobs = authority.issue("bob");
        ServerTls tls = tls(engine, needed().revokedBy(List.of(authority.revoke(bobs))));
        try (TlsFixture server = TlsFixture.serving(tls)) {
            accepted(server, Manner.of(version, alices.keyManager()));
            refused(server, Manner.of(version, bobs.keyManager()));
            tls.reload(TlsKeys.selfSigned(), needed().revokedBy(List.of(authority.revoke(bobs, alices))));
            refused(server, Manner.of(version, alices.keyManager()));
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void theSameCertificateOpensADataConnectionThatIsNotResumed(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = TlsFixture.serving(tls(engine, wanted()));
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version, alices.keyManager()))) {
            client.login();
            server.write("/file", SOME);
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, "RETR file");
                assertThat(data.tls(Manner.of(version, alices.keyManager())).readAll())
                        .isEqualTo(SOME);
                client.expect(226);
            }
        }
    }

    /** A source is locked out by its third failure. */
    private static LoginGuard strict() {
        return StandardLoginGuard.builder()
                .failures(3)
                .delay(Duration.ZERO, Duration.ZERO)
                .build();
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL", "JDK"})
    void namesTriedWithOneCertificateAreGuesses(TlsEngine engine) throws Exception {
        LoginGuard guard = strict();
        try (TlsFixture server = TlsFixture.serving(
                        tls(engine, wanted()),
                        builder -> builder.authenticator(ClientCertificatesTest::byName)
                                .loginGuard(guard));
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.3", alices.keyManager()))) {
            client.expect(331, "USER bob");
            client.expect(331, "USER carol");
            client.expect(331, "USER dave");
            assertThat(guard.bans()).isEmpty();
            client.expect(421, "USER alice");
            assertThat(guard.bans()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL", "JDK"})
    void namesTriedOverSeveralConnectionsAreGuessesAsWell(TlsEngine engine) throws Exception {
        LoginGuard guard = strict();
        try (TlsFixture server = TlsFixture.serving(
                tls(engine, wanted()),
                builder -> builder.authenticator(ClientCertificatesTest::byName).loginGuard(guard))) {
            Manner manner = Manner.of("TLSv1.3", alices.keyManager());
            for (String name : new String[] {"bob", "carol", "dave"}) {
                try (TlsTestClient client = TlsTestClient.explicit(server, manner)) {
                    client.expect(331, "USER " + name);
                }
            }
            await().until(() -> guard.bans().size() == 1);
        }
    }

    /** None of which says a password, nor leaves. */
    @ParameterizedTest
    @CsvSource({"BORINGSSL", "JDK"})
    void namesTriedOverManyConnectionsAtATimeAreGuessesBeforeTheseEnd(TlsEngine engine) throws Exception {
        LoginGuard guard = strict();
        List<TlsTestClient> clients = new ArrayList<>();
        try (TlsFixture server = TlsFixture.serving(
                tls(engine, wanted()),
                builder -> builder.authenticator(ClientCertificatesTest::byName).loginGuard(guard))) {
            Manner manner = Manner.of("TLSv1.3", alices.keyManager());
            while (guard.bans().isEmpty() && clients.size() < 100) {
                TlsTestClient client = TlsTestClient.explicit(server, manner);
                clients.add(client);
                client.expect(331, "USER bob" + clients.size());
            }
            // those that may be open, and as many failures as lock out
            assertThat(clients).hasSize(16 + 3);
        } finally {
            for (TlsTestClient client : clients) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL", "JDK"})
    void aCertificateThatAPasswordIsSaidBehindIsNoGuess(TlsEngine engine) throws Exception {
        LoginGuard guard = StandardLoginGuard.builder().failures(1).build();
        try (TlsFixture server = TlsFixture.serving(tls(engine, wanted()), builder -> builder.loginGuard(guard));
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.3", alices.keyManager()))) {
            for (int i = 0; i < 20; i++) {
                client.login();
            }
            assertThat(guard.bans()).isEmpty();
        }
    }
}
