package io.portolan.ftps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.core.internal.security.ProtectionException;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.EveryVersion;
import io.portolan.ftps.testing.PipelineClient;
import io.portolan.ftps.testing.TestAuthority;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.testing.Payload;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@link ClientTls} does by itself with a server of ours that demands all that it can. */
class ClientTlsTest {

    private static final int TRANSFERS = 1000;
    private static final int SIZE = 3000;
    private static final Duration DAY = Duration.ofDays(1);

    private static TestAuthority authority;
    private static TestAuthority.Issued server;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority("The authority");
        server = authority.issue("The server", "localhost", "127.0.0.1");
    }

    private static ServerTls.Builder showing(TestAuthority.Issued issued) {
        return ServerTls.builder().keys(TlsKeys.of(issued.key(), List.of(issued.certificate())));
    }

    private static TlsFixture serve(TestAuthority.Issued issued) {
        return TlsFixture.serving(showing(issued).build());
    }

    private static ServerTrust trusted() {
        return ServerTrust.authorities(List.of(authority.certificate()));
    }

    private static ClientTls.Builder tls(TlsEngine engine) {
        return ClientTls.builder().engine(engine).trust(trusted());
    }

    private static PipelineClient connect(TlsFixture fixture, ClientTls tls, String host) throws Exception {
        return new PipelineClient(tls, host, "127.0.0.1", fixture.explicitPort());
    }

    @Tag("many")
    @EveryVersion
    void resumesOnEachOfAThousandDataConnections(TlsEngine engine, String version) throws Exception {
        TlsEngine other = engine == TlsEngine.JDK ? TlsEngine.BORINGSSL : TlsEngine.JDK;
        byte[] bytes = Payload.bytes(SIZE);
        ClientTls tls = tls(engine).allowTls13(version.equals("TLSv1.3")).build();
        try (TlsFixture fixture =
                        TlsFixture.serving(showing(server).engine(other).build());
                PipelineClient client = connect(fixture, tls, "localhost")) {
            client.logIn();
            assertThat(client.protocol()).isEqualTo(version);
            assertThat(client.serverCertificates()).containsExactly(server.certificate());
            for (int i = 0; i < TRANSFERS; i++) {
                if (i % 3 < 2) {
                    client.upload("STOR file", bytes);
                } else {
                    assertThat(client.download("RETR file")).isEqualTo(bytes);
                }
                assertThat(client.isDataResumed()).as("data connection %s", i).isTrue();
            }
        }
    }

    @EveryVersion
    void resumesTheSessionOfItsOwnControlConnectionBesideOthers(TlsEngine engine, String version) throws Exception {
        ClientTls tls = tls(engine).allowTls13(version.equals("TLSv1.3")).build();
        try (TlsFixture fixture =
                        TlsFixture.serving(showing(server).engine(engine).build());
                PipelineClient one = connect(fixture, tls, "localhost");
                PipelineClient other = connect(fixture, tls, "localhost")) {
            one.logIn();
            other.logIn();
            for (int i = 0; i < 3; i++) {
                one.upload("STOR one", new byte[SIZE]);
                other.upload("STOR other", new byte[SIZE]);
                assertThat(one.isDataResumed()).isTrue();
                assertThat(other.isDataResumed()).isTrue();
            }
        }
    }

    @EveryVersion
    void doesWithoutSessionsWhereThereAreNone(TlsEngine engine, String version) throws Exception {
        ClientTls tls = tls(engine).allowTls13(version.equals("TLSv1.3")).build();
        ServerTls none = showing(server)
                .dataSessionResumption(SessionResumption.OFF)
                .engine(engine)
                .build();
        try (TlsFixture fixture = TlsFixture.serving(none);
                PipelineClient client = connect(fixture, tls, "localhost")) {
            client.logIn();
            for (int i = 0; i < 20; i++) {
                client.upload("STOR file", new byte[SIZE]);
                assertThat(client.download("RETR file")).hasSize(SIZE);
            }
        }
    }

    @EveryEngine
    void takesAddressesThatTheCertificateIsFor(TlsEngine engine) throws Exception {
        try (TlsFixture fixture = serve(server);
                PipelineClient client = connect(fixture, tls(engine).build(), "127.0.0.1")) {
            client.logIn().upload("STOR file", new byte[0]);
            assertThat(client.download("RETR file")).isEmpty();
        }
    }

    @EveryEngine
    void offersTheNameOfTheProtocol(TlsEngine engine) throws Exception {
        try (TlsFixture fixture = serve(server);
                PipelineClient client = connect(
                        fixture, tls(engine).offerApplicationProtocol(true).build(), "localhost")) {
            client.logIn().upload("STOR file", new byte[SIZE]);
            assertThat(client.isDataResumed()).isTrue();
        }
    }

    private static void refused(TlsFixture fixture, ClientTls tls, String host, String... said) throws Exception {
        try (PipelineClient client = connect(fixture, tls, host)) {
            ThrowingCallable connecting = client::logIn;
            assertThatThrownBy(connecting)
                    .isInstanceOf(ProtectionException.class)
                    .hasMessageContainingAll(said);
        }
    }

    private static String fingerprint(TestAuthority.Issued issued) {
        return TlsKeys.of(issued.key(), List.of(issued.certificate())).fingerprint();
    }

    @EveryEngine
    void refusesCertificatesForOtherNames(TlsEngine engine) throws Exception {
        try (TlsFixture fixture = serve(server)) {
            refused(
                    fixture,
                    tls(engine).build(),
                    "files.example",
                    "certificate of files.example is not trusted",
                    "it is for localhost, 127.0.0.1, and not for files.example",
                    fingerprint(server));
            refused(fixture, tls(engine).build(), "127.0.0.2", "and not for 127.0.0.2");
            refused(fixture, tls(engine).build(), "::1", "and not for ::1");
        }
        TestAuthority.Issued nameless = authority.issue("localhost");
        try (TlsFixture fixture = serve(nameless)) {
            refused(fixture, tls(engine).build(), "127.0.0.1", "it names no host at all");
        }
    }

    @EveryEngine
    void refusesCertificatesThatNobodyVouchesFor(TlsEngine engine) throws Exception {
        ClientTls system = ClientTls.builder().engine(engine).build();
        try (TlsFixture fixture = serve(server)) {
            refused(
                    fixture,
                    system,
                    "localhost",
                    "no authority that is trusted here vouches for it",
                    "CN=The authority",
                    fingerprint(server));
        }
        TlsKeys selfSigned = TlsKeys.selfSigned();
        try (TlsFixture fixture = TlsFixture.serving(ServerTls.with(selfSigned))) {
            refused(fixture, system, "localhost", "self-signed", "pin it", selfSigned.fingerprint());
        }
    }

    @EveryEngine
    void refusesCertificatesOfTheWrongTime(TlsEngine engine) throws Exception {
        TestAuthority.Issued expired =
                authority.issueFor(DAY.multipliedBy(-2), DAY.negated(), "The server", "localhost");
        try (TlsFixture fixture = serve(expired)) {
            refused(fixture, tls(engine).build(), "localhost", "has expired on", fingerprint(expired));
        }
        TestAuthority.Issued early = authority.issueFor(DAY, DAY.multipliedBy(2), "The server", "localhost");
        try (TlsFixture fixture = serve(early)) {
            refused(fixture, tls(engine).build(), "localhost", "is not valid before", "clock");
        }
    }

    @EveryEngine
    void takesWhatIsPinnedAndNothingElse(TlsEngine engine) throws Exception {
        TlsKeys keys = TlsKeys.selfSigned("elsewhere.example");
        ClientTls.Builder tls = ClientTls.builder().engine(engine);
        try (TlsFixture fixture = TlsFixture.serving(ServerTls.with(keys))) {
            String typed = keys.fingerprint().replace(":", "").toLowerCase(Locale.ROOT);
            try (PipelineClient client =
                    connect(fixture, tls.trust(ServerTrust.fingerprints(typed)).build(), "localhost")) {
                client.logIn().upload("STOR file", new byte[SIZE]);
            }
            refused(
                    fixture,
                    tls.trust(ServerTrust.fingerprints(fingerprint(server))).build(),
                    "localhost",
                    "is not the one that was pinned",
                    keys.fingerprint(),
                    fingerprint(server));
        }
    }

    @EveryEngine
    void takesAnyoneIfItIsToldTo(TlsEngine engine) throws Exception {
        ClientTls tls = ClientTls.builder()
                .engine(engine)
                .trust(ServerTrust.insecureTrustAnyone())
                .build();
        try (TlsFixture fixture = TlsFixture.serving(ServerTls.with(TlsKeys.selfSigned("elsewhere.example")));
                PipelineClient client = connect(fixture, tls, "localhost")) {
            client.logIn().upload("STOR file", new byte[SIZE]);
        }
    }

    @EveryEngine
    void takesTheAuthoritiesOfAKeyStore(TlsEngine engine) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        assertThatIllegalArgumentException().isThrownBy(() -> ServerTrust.keyStore(store));
        store.setCertificateEntry("authority", authority.certificate());
        ClientTls tls = ClientTls.builder()
                .engine(engine)
                .trust(ServerTrust.keyStore(store))
                .build();
        try (TlsFixture fixture = serve(server);
                PipelineClient client = connect(fixture, tls, "localhost")) {
            client.logIn();
        }
    }

    @EveryVersion
    void showsItsCertificateToServersThatWantOne(TlsEngine engine, String version) throws Exception {
        TestAuthority.Issued own = authority.issue("alice");
        ClientTls.Builder tls = tls(engine).allowTls13(version.equals("TLSv1.3"));
        try (TlsFixture fixture = TlsFixture.serving(showing(server)
                .clientCertificates(ClientCertificates.needed(List.of(authority.certificate())))
                .build())) {
            try (PipelineClient client = connect(
                    fixture,
                    tls.clientKeys(TlsKeys.of(own.key(), List.of(own.certificate())))
                            .build(),
                    "localhost")) {
                client.logIn().upload("STOR file", new byte[SIZE]);
                assertThat(client.download("RETR file")).hasSize(SIZE);
            }
            refused(
                    fixture,
                    tls(engine).allowTls13(version.equals("TLSv1.3")).build(),
                    "localhost",
                    "it wants a client certificate (clientKeys)");
            TestAuthority.Issued stranger = new TestAuthority("Another authority").issue("mallory");
            refused(
                    fixture,
                    tls.clientKeys(TlsKeys.of(stranger.key(), List.of(stranger.certificate())))
                            .build(),
                    "localhost",
                    "does not trust the client's certificate");
        }
    }

    @EveryVersion
    void goesBackIntoTheClear(TlsEngine engine, String version) throws Exception {
        ClientTls tls = tls(engine).allowTls13(version.equals("TLSv1.3")).build();
        try (TlsFixture fixture = TlsFixture.serving(
                        showing(server).allowClearControl(true).build());
                PipelineClient client = connect(fixture, tls, "localhost")) {
            client.logIn().clear();
            client.say("NOOP", "200");
            client.upload("STOR file", new byte[SIZE]);
            assertThat(client.isDataResumed()).isTrue();
        }
    }

    @EveryEngine
    void tellsThatAPortBeginsInTheClear(TlsEngine engine) throws Exception {
        try (TlsFixture fixture = serve(server);
                PipelineClient client = connect(fixture, tls(engine).build(), "localhost")) {
            assertThatThrownBy(client::protect)
                    .isInstanceOf(ProtectionException.class)
                    .hasMessageContaining("connect with explicit TLS");
        }
    }

    @EveryEngine
    void doesNotWaitForeverForAHandshake(TlsEngine engine) throws Exception {
        ClientTls tls = tls(engine).handshakeTimeout(Duration.ofMillis(300)).build();
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PipelineClient client = new PipelineClient(tls, "localhost", "127.0.0.1", silent.getLocalPort())) {
            assertThatThrownBy(client::protect)
                    .isInstanceOf(ProtectionException.class)
                    .hasMessageContaining("it took longer than 300 ms");
        }
    }

    @EveryEngine
    void tellsThatTheServerHasClosedTheConnectionInTheHandshake(TlsEngine engine) throws Exception {
        try (ServerSocket rude = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                PipelineClient client =
                        new PipelineClient(tls(engine).build(), "localhost", "127.0.0.1", rude.getLocalPort())) {
            rude.accept().close();
            assertThatThrownBy(client::protect)
                    .isInstanceOf(ProtectionException.class)
                    .hasMessageContaining("TLS with localhost:" + rude.getLocalPort());
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerTrust.authorities(List.of()))
                .withMessageContaining("trust");
        assertThatIllegalArgumentException()
                .isThrownBy(ServerTrust::fingerprints)
                .withMessageContaining("fingerprint");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerTrust.fingerprints("AB:CD"))
                .withMessageContaining("SHA-256");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServerTrust.fingerprints("none"))
                .withMessageContaining("hexadecimal");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientTls.builder().handshakeTimeout(Duration.ZERO))
                .withMessageContaining("handshakeTimeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientTls.builder().handshakeTimeout(Duration.ofHours(2)))
                .withMessageContaining("handshakeTimeout");
    }
}
