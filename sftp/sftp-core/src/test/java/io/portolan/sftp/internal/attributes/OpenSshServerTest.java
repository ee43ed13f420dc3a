package io.portolan.sftp.internal.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What OpenSSH's own server says, over its standard input and output, is read, and what we write is understood there. */
@Timeout(30)
class OpenSshServerTest {

    private static final List<Path> PROGRAMS =
            List.of(Path.of("/usr/lib/openssh/sftp-server"), Path.of("/usr/libexec/openssh/sftp-server"));
    private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);

    @TempDir
    private Path directory;

    private Process server;
    private DataOutputStream out;
    private DataInputStream in;

    @BeforeEach
    void start() throws IOException {
        Path program = PROGRAMS.stream().filter(Files::isExecutable).findFirst().orElse(null);
        assumeTrue(program != null, "OpenSSH's sftp-server is not installed");
        server = new ProcessBuilder(program.toString())
                .directory(directory.toFile())
                .start();
        out = new DataOutputStream(server.getOutputStream());
        in = new DataInputStream(server.getInputStream());
        SshReader version = exchange(SftpMessageNumber.INIT, new SshWriter().writeUint32(3));
        assertThat(version.readByte()).isEqualTo(SftpMessageNumber.VERSION.number());
        assertThat(version.readUint32()).isEqualTo(3);
    }

    @AfterEach
    void stop() throws Exception {
        if (server != null) {
            server.getOutputStream().close();
            assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private SshReader exchange(SftpMessageNumber message, SshWriter body) throws IOException {
        out.writeInt(1 + body.size());
        out.write(message.number());
        out.write(body.toByteArray());
        out.flush();
        byte[] reply = new byte[in.readInt()];
        in.readFully(reply);
        return new SshReader(reply);
    }

    private static SshWriter request() {
        return new SshWriter().writeUint32(7);
    }

    private static void expect(SftpMessageNumber message, SshReader reply) throws IOException {
        assertThat(reply.readByte()).isEqualTo(message.number());
        assertThat(reply.readUint32()).isEqualTo(7);
    }

    @Test
    void attributesAreReadAsTheServerMeansThem() throws Exception {
        Path file = Files.writeString(directory.resolve("a"), "content");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.setLastModifiedTime(file, FileTime.from(TIME));

        SshReader reply = exchange(SftpMessageNumber.LSTAT, request().writeString("a"));
        expect(SftpMessageNumber.ATTRS, reply);
        SftpAttributes attributes = AttributeCodec.read(reply, 3);

        assertThat(reply.remaining()).isZero();
        assertThat(attributes.type()).isEqualTo(SftpFileType.REGULAR);
        assertThat(attributes.size()).hasValue(7);
        assertThat(attributes.permissions()).hasValue(0640);
        assertThat(attributes.modified()).hasValue(TIME);
        assertThat(attributes.userId()).hasValue(((Integer) Files.getAttribute(file, "unix:uid")).longValue());
    }

    @Test
    void attributesAreSetAsWeMeanThem() throws Exception {
        Path file = Files.writeString(directory.resolve("a"), "content");
        SftpAttributes wanted = SftpAttributes.builder()
                .size(3)
                .permissions(0604)
                .modified(TIME)
                .build();
        SshWriter request = request().writeString("a");
        AttributeCodec.write(request, wanted, 3);

        SshReader reply = exchange(SftpMessageNumber.SETSTAT, request);
        expect(SftpMessageNumber.STATUS, reply);

        assertThat(reply.readUint32()).isZero();
        assertThat(file).hasContent("con");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw----r--");
        assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(TIME);
    }

    @Test
    void aListingIsRead() throws Exception {
        Files.createDirectory(directory.resolve("sub"));
        Files.createSymbolicLink(directory.resolve("grün"), Path.of("sub"));
        SshReader opened = exchange(SftpMessageNumber.OPENDIR, request().writeString("."));
        expect(SftpMessageNumber.HANDLE, opened);

        SshReader reply = exchange(SftpMessageNumber.READDIR, request().writeString(opened.readString()));
        expect(SftpMessageNumber.NAME, reply);
        List<NameEntry> entries = NameEntry.readAll(reply, 3);

        assertThat(reply.remaining()).isZero();
        assertThat(entries)
                .extracting(entry -> new String(entry.name(), StandardCharsets.UTF_8) + " "
                        + entry.attributes().type())
                .containsExactlyInAnyOrder(". DIRECTORY", ".. DIRECTORY", "sub DIRECTORY", "grün SYMLINK");
    }
}
