package io.portolan.ftps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.client.BlockingFtpSession;
import io.portolan.ftp.client.DownloadOptions;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpScheme;
import io.portolan.ftp.client.FtpSecurityException;
import io.portolan.ftp.client.ProxyType;
import io.portolan.ftp.client.UploadOptions;
import io.portolan.ftps.testing.TestAuthority;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.testing.Payload;
import io.portolan.testing.TestProxy;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS through proxies: first what is said to the proxy, in the clear, and behind it nothing in the clear any more. */
class ProxiedTlsTest {

    private static final byte[] BYTES = Payload.bytes(100_000);

    private static TestAuthority authority;
    private static TestAuthority.Issued issued;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority("The authority");
        issued = authority.issue("The server", "127.0.0.1");
    }

    private static TlsFixture serve() {
        return TlsFixture.serving(ServerTls.builder()
                .keys(TlsKeys.of(issued.key(), List.of(issued.certificate())))
                .build());
    }

    private static FtpClient client(TlsFixture fixture, FtpScheme scheme, ProxyType type, TestProxy proxy) {
        return FtpClient.builder()
                .host("127.0.0.1")
                .port(scheme == FtpScheme.IMPLICIT_TLS ? fixture.implicitPort() : fixture.explicitPort())
                .user(TlsFixture.USER, TlsFixture.PASSWORD)
                .scheme(scheme)
                .securityMechanism(ClientTls.trusting(ServerTrust.authorities(List.of(authority.certificate()))))
                .proxy(type, "127.0.0.1", proxy.port(), "user", "secret")
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "SOCKS4, IMPLICIT_TLS",
        "SOCKS5, IMPLICIT_TLS",
        "HTTP_CONNECT, IMPLICIT_TLS",
        "SOCKS4, EXPLICIT_TLS",
        "SOCKS5, EXPLICIT_TLS",
        "HTTP_CONNECT, EXPLICIT_TLS"
    })
    void theHandshakeIsTheServersOnEachConnection(ProxyType type, FtpScheme scheme) throws Exception {
        try (TlsFixture fixture = serve();
                TestProxy proxy = new TestProxy(false);
                FtpClient client = client(fixture, scheme, type, proxy);
                BlockingFtpSession session = client.connectBlocking()) {
            session.upload(TransferSource.fromBytes(BYTES), "/file", UploadOptions.defaults());
            ByteArrayOutputStream got = new ByteArrayOutputStream();
            session.download("/file", TransferSink.toOutputStream(got), DownloadOptions.defaults());
            assertThat(got.toByteArray()).isEqualTo(BYTES);
            assertThat(proxy.targets()).hasSize(3);
        }
    }

    @ParameterizedTest
    @EnumSource(ProxyType.class)
    void whatAProxySaysInTheClearIsNotTakenForTheServers(ProxyType type) throws Exception {
        try (TlsFixture fixture = serve();
                TestProxy proxy = TestProxy.lying("220 Welcome.\r\n230 You need no password.\r\n");
                FtpClient client = client(fixture, FtpScheme.IMPLICIT_TLS, type, proxy)) {
            assertThatThrownBy(client::connectBlocking).isInstanceOf(FtpSecurityException.class);
        }
    }
}
