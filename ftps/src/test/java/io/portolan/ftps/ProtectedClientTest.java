package io.portolan.ftps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.client.BlockingFtpSession;
import io.portolan.ftp.client.DownloadOptions;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpScheme;
import io.portolan.ftp.client.FtpSecurityException;
import io.portolan.ftp.client.UploadOptions;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.EveryVersion;
import io.portolan.ftps.testing.TestAuthority;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.testing.Payload;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Our client with TLS and our server, which demands all that it can. */
class ProtectedClientTest {

    private static final int TRANSFERS = 1000;
    private static final int SIZE = 3000;

    private static TestAuthority authority;
    private static TestAuthority.Issued server;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority("The authority");
        server = authority.issue("The server", "127.0.0.1");
    }

    private static TlsFixture serve(TlsEngine engine) {
        return TlsFixture.serving(ServerTls.builder()
                .keys(TlsKeys.of(server.key(), List.of(server.certificate())))
                .allowClearControl(true)
                .engine(engine)
                .build());
    }

    private static ClientTls.Builder tls(TlsEngine engine) {
        return ClientTls.builder().engine(engine).trust(ServerTrust.authorities(List.of(authority.certificate())));
    }

    private static FtpClient.Builder client(ClientTls tls, int port) {
        return FtpClient.builder()
                .host("127.0.0.1")
                .port(port)
                .user(TlsFixture.USER, TlsFixture.PASSWORD)
                .scheme(FtpScheme.EXPLICIT_TLS)
                .securityMechanism(tls);
    }

    private static void visit(FtpClient client, byte[] bytes) throws Exception {
        try (client;
                BlockingFtpSession session = client.connectBlocking()) {
            session.upload(TransferSource.fromBytes(bytes), "/file", UploadOptions.defaults());
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            session.download("/file", TransferSink.toOutputStream(got), DownloadOptions.defaults());
            assertThat(got.toByteArray()).isEqualTo(bytes);
        }
    }

    @Tag("many")
    @EveryVersion
    void resumesTheSessionOnEachOfAThousandDataConnections(TlsEngine engine, String version) throws Exception {
        byte[] bytes = Payload.bytes(SIZE);
        ClientTls tls = tls(engine).allowTls13(version.equals("TLSv1.3")).build();
        try (TlsFixture fixture = serve(engine);
                FtpClient client = client(tls, fixture.explicitPort()).build();
                BlockingFtpSession session = client.connectBlocking()) {
            for (int i = 0; i < TRANSFERS; i++) {
                if (i % 3 < 2) {
                    session.upload(TransferSource.fromBytes(bytes), "/file", UploadOptions.defaults());
                } else {
                    ByteArrayOutputStream got = new ByteArrayOutputStream();
                    session.download("/file", TransferSink.toOutputStream(got), DownloadOptions.defaults());
                    assertThat(got.toByteArray()).isEqualTo(bytes);
                }
            }
        }
    }

    @EveryEngine
    void beginsWithTlsWhereItIsImplicit(TlsEngine engine) throws Exception {
        try (TlsFixture fixture = serve(engine)) {
            visit(
                    client(tls(engine).build(), fixture.implicitPort())
                            .scheme(FtpScheme.IMPLICIT_TLS)
                            .build(),
                    Payload.bytes(SIZE));
        }
    }

    @EveryEngine
    void takesTheControlConnectionBackIntoTheClearIfItIsToldTo(TlsEngine engine) throws Exception {
        try (TlsFixture fixture = serve(engine)) {
            visit(
                    client(tls(engine).clearControlAfterLogin(true).build(), fixture.explicitPort())
                            .build(),
                    Payload.bytes(SIZE));
        }
    }

    @EveryEngine
    void doesNotGoOnInTheClear(TlsEngine engine) throws Exception {
        try (ServerFixture clear = ServerFixture.inMemory();
                FtpClient client =
                        client(tls(engine).build(), clear.address().getPort()).build()) {
            assertThatThrownBy(client::connectBlocking).isInstanceOf(FtpSecurityException.class);
        }
    }

    @EveryEngine
    void tellsWhatIsWrongWithACertificate(TlsEngine engine) throws Exception {
        try (TlsFixture fixture = serve(engine);
                FtpClient client = client(ClientTls.builder().engine(engine).build(), fixture.explicitPort())
                        .build()) {
            assertThatThrownBy(client::connectBlocking)
                    .isInstanceOf(FtpSecurityException.class)
                    .hasMessageContainingAll(
                            "certificate of 127.0.0.1 is not trusted",
                            TlsKeys.of(server.key(), List.of(server.certificate()))
                                    .fingerprint(),
                            "The authority");
        }
    }
}
