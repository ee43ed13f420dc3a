package io.portolan.ftps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftps.testing.TestAuthority;
import io.portolan.ftps.testing.TestAuthority.Issued;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyManagementException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A context of the JDK's that the application has made. */
class SslContextTest {

    private static final byte[] SOME = "0123456789".getBytes(StandardCharsets.US_ASCII);

    private static TestAuthority authority;
    private static Issued server;
    private static Issued alices;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority("the authority");
        server = authority.issue("server", "localhost");
        alices = authority.issue("alice");
    }

    private static SSLContext context(Issued shown) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("authority", authority.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {shown.serverKeyManager()}, trust.getTrustManagers(), null);
        return context;
    }

    private static TlsKeys keys() throws Exception {
        return TlsKeys.sslContext(context(server));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void everyDataConnectionResumesTheSessionOfItsControlConnection(String version) throws Exception {
        try (TlsFixture fixture = TlsFixture.serving(ServerTls.with(keys()));
                TlsTestClient one = TlsTestClient.explicit(fixture, Manner.of(version));
                TlsTestClient other = TlsTestClient.implicit(fixture, Manner.of(version))) {
            other.expect(220);
            one.login();
            other.login();
            for (int i = 0; i < 50; i++) {
                one.upload("STOR file", SOME);
                assertThat(other.download("RETR file")).isEqualTo(SOME);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theSessionOfAnotherControlConnectionOpensNothing(String version) throws Exception {
        try (TlsFixture fixture = TlsFixture.serving(ServerTls.with(keys()))) {
            fixture.write("/file", SOME);
            Manner thiefs = Manner.of(version);
            try (TlsTestClient thief = TlsTestClient.explicit(fixture, thiefs);
                    TlsTestClient client = TlsTestClient.explicit(fixture, Manner.of(version))) {
                thief.login();
                client.login();
                assertThat(thief.download("RETR file")).isEqualTo(SOME);
                refused(client, thiefs);
                refused(client, Manner.of(version));
                assertThat(client.download("RETR file")).isEqualTo(SOME);
                assertThat(fixture.read("/file")).isEqualTo(SOME);
            }
        }
    }

    private static void refused(TlsTestClient client, Manner manner) throws IOException {
        for (String command : new String[] {"RETR file", "STOR file"}) {
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, command);
                assertThatThrownBy(() -> {
                            data.tls(manner).write(SOME);
                            data.tls().read();
                        })
                        .isInstanceOf(IOException.class);
                client.expect(522);
            }
        }
    }

    /** The client's store of sessions has those of former connections, and none needs a full handshake. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientThatResumesItsControlConnectionsTransfersAsWell(String version) throws Exception {
        try (TlsFixture fixture = TlsFixture.serving(ServerTls.with(keys()))) {
            fixture.write("/file", SOME);
            Manner manner = Manner.of(version);
            for (int i = 0; i < 5; i++) {
                try (TlsTestClient client = TlsTestClient.explicit(fixture, manner)) {
                    client.login();
                    assertThat(client.download("RETR file")).isEqualTo(SOME);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theContextJudgesClients(String version) throws Exception {
        ServerTls tls = ServerTls.builder()
                .keys(keys())
                .clientCertificates(ClientCertificates.needed())
                .build();
        Issued strangers = new TestAuthority("another").issue("alice");
        try (TlsFixture fixture = TlsFixture.serving(tls)) {
            try (TlsTestClient client = TlsTestClient.explicit(fixture, Manner.of(version, alices.keyManager()))) {
                client.login();
                assertThat(fixture.server().sessions().get(0).clientCertificates())
                        .containsExactly(alices.certificate());
            }
            for (Manner wrong : List.of(Manner.of(version), Manner.of(version, strangers.keyManager()))) {
                assertThatThrownBy(() -> {
                            try (TlsTestClient client = TlsTestClient.explicit(fixture, wrong)) {
                                client.expect(200, "NOOP");
                            }
                        })
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void anotherContextOrKeysTakeItsPlaceWhileSessionsGoOn() throws Exception {
        ServerTls tls = ServerTls.with(keys());
        try (TlsFixture fixture = TlsFixture.serving(tls);
                TlsTestClient before = TlsTestClient.explicit(fixture, Manner.of("TLSv1.3"))) {
            before.login();
            before.upload("STOR file", SOME);
            for (TlsKeys next : List.of(TlsKeys.sslContext(context(authority.issue("next"))), TlsKeys.selfSigned())) {
                tls.reload(next);
                try (TlsTestClient client = TlsTestClient.explicit(fixture, Manner.of("TLSv1.3"))) {
                    client.login();
                    assertThat(client.download("RETR file")).isEqualTo(SOME);
                }
                assertThat(before.download("RETR file")).isEqualTo(SOME);
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> tls.reload(keys(), ClientCertificates.needed(List.of(authority.certificate()))))
                    .withMessageContaining("clientCertificates");
        }
    }

    @Test
    void whatDoesNotGoWithAContextIsRefused() throws Exception {
        TlsKeys keys = keys();
        refused("engine", ServerTls.builder().keys(keys).engine(TlsEngine.BORINGSSL));
        refused(
                "clientCertificates",
                ServerTls.builder()
                        .keys(keys)
                        .clientCertificates(ClientCertificates.wanted(List.of(authority.certificate()))));
        refused(
                "clientCertificates",
                ServerTls.builder().keys(TlsKeys.selfSigned()).clientCertificates(ClientCertificates.wanted()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsKeys.sslContext(SSLContext.getInstance("TLS")))
                .withMessageContaining("initialised");
        assertThatThrownBy(keys::fingerprint).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aProviderOfWhichNothingIsKnownCannotBeRequiredToResume() throws Exception {
        TlsKeys keys = TlsKeys.sslContext(new Foreign(context(server)));

        refused("dataSessionResumption", ServerTls.builder().keys(keys));
        ServerTls.builder()
                .keys(keys)
                .dataSessionResumption(SessionResumption.PREFER)
                .build();
    }

    private static void refused(String setting, ServerTls.Builder builder) {
        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageStartingWith(setting + ": ");
    }

    /** A context that is not of the JDK's provider. */
    private static final class Foreign extends SSLContext {

        Foreign(SSLContext real) {
            super(new Spi(real), new ForeignProvider(), "TLS");
        }

        private static final class ForeignProvider extends Provider {
            private static final long serialVersionUID = 1L;

            ForeignProvider() {
                super("Foreign", "1", "holds no algorithm");
            }
        }

        private static final class Spi extends SSLContextSpi {
            private final SSLContext real;

            Spi(SSLContext real) {
                this.real = real;
            }

            @Override
            protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                    throws KeyManagementException {
                real.init(keys, trust, random);
            }

            @Override
            protected SSLSocketFactory engineGetSocketFactory() {
                return real.getSocketFactory();
            }

            @Override
            protected SSLServerSocketFactory engineGetServerSocketFactory() {
                return real.getServerSocketFactory();
            }

            @Override
            protected SSLEngine engineCreateSSLEngine() {
                return real.createSSLEngine();
            }

            @Override
            protected SSLEngine engineCreateSSLEngine(String host, int port) {
                return real.createSSLEngine(host, port);
            }

            @Override
            protected SSLSessionContext engineGetServerSessionContext() {
                return real.getServerSessionContext();
            }

            @Override
            protected SSLSessionContext engineGetClientSessionContext() {
                return real.getClientSessionContext();
            }
        }
    }
}
