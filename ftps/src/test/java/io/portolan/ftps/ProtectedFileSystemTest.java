package io.portolan.ftps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.client.nio.FtpFileSystem;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftps.testing.TestAuthority;
import io.portolan.ftps.testing.TlsFixture;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** File systems by addresses that speak of TLS. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProtectedFileSystemTest {

    @ParameterizedTest
    @ValueSource(strings = {"ftpes", "ftps"})
    void areReachedByTheirAddresses(String scheme) throws Exception {
        TestAuthority authority = new TestAuthority("The authority");
        TestAuthority.Issued issued = authority.issue("The server", "127.0.0.1");
        try (TlsFixture server =
                TlsFixture.serving(ServerTls.with(TlsKeys.of(issued.key(), List.of(issued.certificate()))))) {
            int port = scheme.equals("ftps") ? server.implicitPort() : server.explicitPort();
            URI address = URI.create(scheme + "://" + ServerFixture.USER + "@127.0.0.1:" + port);
            Map<String, ?> environment = Map.of(
                    FtpFileSystem.PASSWORD,
                    ServerFixture.PASSWORD,
                    FtpFileSystem.SECURITY_MECHANISM,
                    ClientTls.trusting(ServerTrust.authorities(List.of(authority.certificate()))));
            try (FileSystem files = FileSystems.newFileSystem(address, environment)) {
                Files.writeString(files.getPath("/file"), "content");
                assertThat(Files.readString(Path.of(address.resolve("/file")))).isEqualTo("content");
            }
            assertThatThrownBy(() -> FileSystems.newFileSystem(
                            address,
                            Map.of(
                                    FtpFileSystem.PASSWORD,
                                    ServerFixture.PASSWORD,
                                    FtpFileSystem.SECURITY_MECHANISM,
                                    ClientTls.defaults())))
                    .hasMessageContaining("certificate")
                    .hasMessageNotContaining(ServerFixture.PASSWORD);
        }
    }
}
