package io.portolan.ftps.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.client.BlockingFtpSession;
import io.portolan.ftp.client.DataMode;
import io.portolan.ftp.client.DownloadOptions;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpScheme;
import io.portolan.ftp.client.TransferResult;
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

/** Our client with servers of others, and with ours, passive and active: in the clear and with TLS, where they can with session reuse demanded, over both versions of IP. */
class ForeignServersTest {

    private static final int SIZE = 1_000_003;
    private static final int HALF = SIZE / 2;
    private static final byte[] BYTES = Payload.bytes(SIZE);
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

    private FtpClient client(ForeignServer server, boolean isProtected, DataMode mode) {
        FtpClient.Builder builder = FtpClient.builder()
                .host(server.address())
                .port(server.port())
                .user(server.user(), server.password())
                .dataMode(mode);
        if (isProtected) {
            builder.scheme(FtpScheme.EXPLICIT_TLS)
                    .securityMechanism(ClientTls.trusting(ServerTrust.authorities(List.of(authority.certificate()))));
        }
        return builder.build();
    }

    private static byte[] download(BlockingFtpSession session, DownloadOptions options) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        session.download(FILE, TransferSink.toOutputStream(got), options);
        return got.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "VSFTPD, 127.0.0.1, false",
        "VSFTPD, ::1, false",
        "VSFTPD, 127.0.0.1, true",
        "VSFTPD, ::1, true",
        "PROFTPD, 127.0.0.1, false",
        "PROFTPD, ::1, false",
        "PROFTPD, 127.0.0.1, true",
        "PROFTPD, ::1, true",
        "PURE_FTPD, 127.0.0.1, false",
        "PURE_FTPD, ::1, false",
        "PURE_FTPD, 127.0.0.1, true",
        "PURE_FTPD, ::1, true",
        "PYFTPDLIB, 127.0.0.1, false",
        "PYFTPDLIB, ::1, false",
        "PYFTPDLIB, 127.0.0.1, true",
        "PYFTPDLIB, ::1, true",
        "APACHE, ::1, false",
        "APACHE, 127.0.0.1, true",
        "OWN, 127.0.0.1, false",
        "OWN, ::1, true"
    })
    void doWhatClientsWant(ForeignProgram program, String address, boolean isProtected) throws Exception {
        try (ForeignServer server = ForeignServer.start(program, address, isProtected ? keys : null, true)) {
            for (DataMode mode : DataMode.values()) {
                try (FtpClient client = client(server, isProtected, mode);
                        BlockingFtpSession session = client.connectBlocking()) {
                    movesFilesBothWays(server, session);
                    listsThem(session);
                    goesOnWhereItWas(server, session);
                    changesThem(server, session);
                }
            }
        }
    }

    private void movesFilesBothWays(ForeignServer server, BlockingFtpSession session) throws IOException {
        session.upload(TransferSource.fromBytes(BYTES), FILE, UploadOptions.defaults());
        assertThat(server.files().resolve("file")).hasBinaryContent(BYTES);
        assertThat(download(session, DownloadOptions.defaults())).isEqualTo(BYTES);
        assertThat(download(session, DownloadOptions.builder().offset(HALF).build()))
                .isEqualTo(Arrays.copyOfRange(BYTES, HALF, SIZE));
    }

    private static void listsThem(BlockingFtpSession session) throws IOException {
        assertThat(session.list("/" + ForeignServer.FOLDER)).singleElement().satisfies(entry -> {
            assertThat(entry.name()).isEqualTo("file");
            assertThat(entry.isFile()).isTrue();
            assertThat(entry.size()).hasValue(SIZE);
        });
    }

    private void goesOnWhereItWas(ForeignServer server, BlockingFtpSession session) throws IOException {
        Path target = folder.resolve("file");
        Files.write(folder.resolve("file.part"), Arrays.copyOf(BYTES, HALF));
        TransferResult down = session.download(
                FILE,
                TransferSink.toPathResumable(target),
                DownloadOptions.builder().resume(true).build());
        assertThat(down.offset()).isEqualTo(HALF);
        assertThat(target).hasBinaryContent(BYTES);

        String half = FILE + " half";
        session.upload(TransferSource.fromBytes(Arrays.copyOf(BYTES, HALF)), half, UploadOptions.defaults());
        TransferResult up = session.upload(
                TransferSource.fromBytes(BYTES),
                half,
                UploadOptions.builder().resume(true).build());
        assertThat(up.offset()).isEqualTo(HALF);
        assertThat(server.files().resolve("file half")).hasBinaryContent(BYTES);
        session.upload(
                TransferSource.fromBytes(BYTES),
                half,
                UploadOptions.builder().append(true).build());
        assertThat(server.files().resolve("file half")).hasSize(2L * SIZE);
        session.delete(half);
        assertThat(server.files().resolve("file half")).doesNotExist();
    }

    private static void changesThem(ForeignServer server, BlockingFtpSession session) throws IOException {
        String other = FILE + " two";
        session.rename(FILE, other);
        assertThat(server.files().resolve("file two")).exists();
        session.upload(TransferSource.fromBytes(new byte[0]), FILE, UploadOptions.defaults());
        assertThat(download(session, DownloadOptions.defaults())).isEmpty();
        session.delete(FILE);
        session.delete(other);
        session.createDirectories(FILE + "/a/b");
        assertThat(server.files().resolve("file/a/b")).isDirectory();
        session.deleteRecursively(FILE);
        assertThat(server.files()).isEmptyDirectory();
    }
}
