package io.portolan.ftps.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.client.BlockingFtpSession;
import io.portolan.ftp.client.DownloadOptions;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpScheme;
import io.portolan.ftp.client.UploadOptions;
import io.portolan.ftps.ClientTls;
import io.portolan.ftps.ServerTrust;
import io.portolan.ftps.testing.TestAuthority;
import io.portolan.testing.Payload;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our client with servers of others: in the clear and with TLS, where they can with session reuse demanded, over both versions of IP. */
class ForeignServersTest {

    private static final int SIZE = 1_000_003;
    private static final String FILE = "/" + ForeignServer.FOLDER + "/file";

    @TempDir
    private Path folder;

    private TestAuthority authority;
    private PemFiles keys;

    @BeforeEach
    void issue() throws Exception {
        authority = new TestAuthority("The authority");
        keys = PemFiles.write(authority.issue("The server", "127.0.0.1", "::1"), folder);
    }

    private static byte[] download(BlockingFtpSession session, DownloadOptions options) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        session.download(FILE, TransferSink.toOutputStream(got), options);
        return got.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "VSFTPD, 127.0.0.1, false", "VSFTPD, ::1, false", "VSFTPD, 127.0.0.1, true", "VSFTPD, ::1, true",
        "PROFTPD, 127.0.0.1, false", "PROFTPD, ::1, false", "PROFTPD, 127.0.0.1, true", "PROFTPD, ::1, true",
        "PURE_FTPD, 127.0.0.1, false", "PURE_FTPD, ::1, false", "PURE_FTPD, 127.0.0.1, true", "PURE_FTPD, ::1, true",
        "PYFTPDLIB, 127.0.0.1, false", "PYFTPDLIB, ::1, false", "PYFTPDLIB, 127.0.0.1, true", "PYFTPDLIB, ::1, true"
    })
    void moveFilesBothWays(ForeignProgram program, String address, boolean isProtected) throws Exception {
        byte[] bytes = Payload.bytes(SIZE);
        try (ForeignServer server = ForeignServer.start(program, address, isProtected ? keys : null, true)) {
            FtpClient.Builder builder = FtpClient.builder()
                    .host(server.address())
                    .port(server.port())
                    .user(server.user(), server.password());
            if (isProtected) {
                builder.scheme(FtpScheme.EXPLICIT_TLS)
                        .securityMechanism(
                                ClientTls.trusting(ServerTrust.authorities(List.of(authority.certificate()))));
            }
            try (FtpClient client = builder.build();
                    BlockingFtpSession session = client.connectBlocking()) {
                session.upload(TransferSource.fromBytes(bytes), FILE, UploadOptions.defaults());
                assertThat(Files.readAllBytes(server.files().resolve("file"))).isEqualTo(bytes);
                assertThat(download(session, DownloadOptions.defaults())).isEqualTo(bytes);
                assertThat(download(
                                session,
                                DownloadOptions.builder().offset(SIZE / 2).build()))
                        .isEqualTo(Arrays.copyOfRange(bytes, SIZE / 2, SIZE));
                session.command("RNFR", FILE);
                assertThat(session.command("RNTO", FILE + " two").isPositive()).isTrue();
                assertThat(server.files().resolve("file two")).exists();
                session.upload(TransferSource.fromBytes(new byte[0]), FILE, UploadOptions.defaults());
                assertThat(download(session, DownloadOptions.defaults())).isEmpty();
            }
        }
    }
}
