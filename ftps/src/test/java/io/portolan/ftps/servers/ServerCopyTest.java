package io.portolan.ftps.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpScheme;
import io.portolan.ftp.client.FtpSession;
import io.portolan.ftps.ClientTls;
import io.portolan.ftps.ServerTrust;
import io.portolan.ftps.testing.TestAuthority;
import io.portolan.testing.Patience;
import io.portolan.testing.Payload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that send each other a file, protected: one of them is the client of TLS's handshake, as it is asked to by SSCN. */
class ServerCopyTest {

    private static final byte[] BYTES = Payload.bytes(1_000_003);
    private static final String FILE = "/" + ForeignServer.FOLDER + "/file";

    @TempDir
    private Path folder;

    private static FtpClient client(ForeignServer server, ClientTls tls) {
        return FtpClient.builder()
                .host(server.address())
                .port(server.port())
                .user(server.user(), server.password())
                .scheme(FtpScheme.EXPLICIT_TLS)
                .securityMechanism(tls)
                .build();
    }

    @Test
    void aFileGoesFromOneToTheOtherAndBack() throws Exception {
        TestAuthority authority = new TestAuthority("The authority");
        PemFiles keys = PemFiles.write(authority.issue("The server", "127.0.0.1"), folder);
        ClientTls tls = ClientTls.trusting(ServerTrust.authorities(List.of(authority.certificate())));
        // a session of ours cannot be resumed by another server
        try (ForeignServer here = ForeignServer.start(ForeignProgram.PROFTPD, "127.0.0.1", keys, false);
                ForeignServer there = ForeignServer.start(ForeignProgram.PROFTPD, "127.0.0.1", keys, false);
                FtpClient one = client(here, tls);
                FtpClient two = client(there, tls)) {
            Path file = Files.write(here.files().resolve("file"), BYTES);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            try (FtpSession source = one.connect().get(Patience.MILLIS, TimeUnit.MILLISECONDS);
                    FtpSession target = two.connect().get(Patience.MILLIS, TimeUnit.MILLISECONDS)) {
                source.copyTo(FILE, target, FILE + " there").get(Patience.MILLIS, TimeUnit.MILLISECONDS);
                assertThat(there.files().resolve("file there")).hasBinaryContent(BYTES);
                target.copyTo(FILE + " there", source, FILE + " back").get(Patience.MILLIS, TimeUnit.MILLISECONDS);
                assertThat(here.files().resolve("file back")).hasBinaryContent(BYTES);
            }
        }
    }
}
