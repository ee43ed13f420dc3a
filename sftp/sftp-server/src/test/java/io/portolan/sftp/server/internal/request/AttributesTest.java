package io.portolan.sftp.server.internal.request;

import static io.portolan.sftp.server.internal.testing.Conversation.CREAT;
import static io.portolan.sftp.server.internal.testing.Conversation.TRUNC;
import static io.portolan.sftp.server.internal.testing.Conversation.WRITE;
import static io.portolan.sftp.server.internal.testing.Conversation.attributes;
import static io.portolan.sftp.server.internal.testing.Conversation.handle;
import static io.portolan.sftp.server.internal.testing.Conversation.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.internal.attributes.SftpAttributes;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.ForwardOnly;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Setting and asking for attributes. */
class AttributesTest {

    @TempDir
    Path folder;

    private Conversation client() throws Exception {
        return Conversation.with(PathFileSystem.of(folder));
    }

    private static SshWriter times(SshWriter request, long seconds) {
        return request.writeUint32(8).writeUint32(seconds).writeUint32(seconds);
    }

    @Test
    void setstatSetsTimesPermissionsAndSize() throws Exception {
        Conversation client = client();
        client.upload("/f", "content");

        assertThat(status(client.ask(times(client.path(SftpMessageNumber.SETSTAT, "/f"), 1_000_000_000))))
                .isEqualTo(SftpStatus.OK);
        assertThat(Files.getLastModifiedTime(folder.resolve("f")).toInstant())
                .isEqualTo(Instant.ofEpochSecond(1_000_000_000));
        assertThat(status(client.ask(client.path(SftpMessageNumber.SETSTAT, "/f")
                        .writeUint32(4)
                        .writeUint32(0100600))))
                .isEqualTo(SftpStatus.OK);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("f"))))
                .isEqualTo("rw-------");
        assertThat(status(client.ask(client.path(SftpMessageNumber.SETSTAT, "/f")
                        .writeUint32(1)
                        .writeUint64(3))))
                .isEqualTo(SftpStatus.OK);
        assertThat(client.download("/f")).isEqualTo("con");
    }

    @Test
    void setUserIdIsNotSet() throws Exception {
        Conversation client = client();
        client.upload("/f", "content");

        assertThat(status(client.ask(client.path(SftpMessageNumber.SETSTAT, "/f")
                        .writeUint32(4)
                        .writeUint32(06755))))
                .isEqualTo(SftpStatus.OK);

        assertThat((Integer) Files.getAttribute(folder.resolve("f"), "unix:mode") & 07777)
                .isEqualTo(0755);
    }

    @Test
    void whatIsSetOfAnUploadBeforeItIsClosedStaysAfterwards() throws Exception {
        Conversation client = client();
        byte[] handle = client.opened("/f", WRITE | CREAT | TRUNC);
        assertThat(status(client.ask(client.write(handle, 0, "content")))).isEqualTo(SftpStatus.OK);

        assertThat(status(client.ask(times(client.on(SftpMessageNumber.FSETSTAT, handle), 1_000_000_000))))
                .isEqualTo(SftpStatus.OK);
        assertThat(status(client.ask(client.path(SftpMessageNumber.SETSTAT, "/f")
                        .writeUint32(4)
                        .writeUint32(0640))))
                .isEqualTo(SftpStatus.OK);
        SftpAttributes seen = attributes(client.ask(client.on(SftpMessageNumber.FSTAT, handle)));
        assertThat(seen.modified()).contains(Instant.ofEpochSecond(1_000_000_000));
        assertThat(seen.size()).hasValue(7);
        assertThat(status(client.ask(client.close(handle)))).isEqualTo(SftpStatus.OK);

        assertThat(Files.getLastModifiedTime(folder.resolve("f")).toInstant())
                .isEqualTo(Instant.ofEpochSecond(1_000_000_000));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("f"))))
                .isEqualTo("rw-r-----");
    }

    @Test
    void thePermissionsOfOpenAndMkdirAreThoseOfTheNewFileButForTheUsualMask() throws Exception {
        Conversation client = client();

        byte[] handle = handle(client.ask(client.path(SftpMessageNumber.OPEN, "/script")
                .writeUint32(WRITE | CREAT | TRUNC)
                .writeUint32(4)
                .writeUint32(0100777)));
        assertThat(status(client.ask(client.close(handle)))).isEqualTo(SftpStatus.OK);
        assertThat(status(client.ask(client.path(SftpMessageNumber.MKDIR, "/d")
                        .writeUint32(4)
                        .writeUint32(0700))))
                .isEqualTo(SftpStatus.OK);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("script"))))
                .isEqualTo("rwxr-xr-x");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("d"))))
                .isEqualTo("rwx------");
    }

    @Test
    void theSizeThatWinScpSendsWithOpenIsNotLookedAt() throws Exception {
        Conversation client = client();

        byte[] handle = handle(client.ask(client.path(SftpMessageNumber.OPEN, "/f.filepart")
                .writeUint32(WRITE | CREAT | TRUNC)
                .writeUint32(1)
                .writeUint64(1L << 50)));
        assertThat(status(client.ask(client.write(handle, 0, "x")))).isEqualTo(SftpStatus.OK);
        assertThat(status(client.ask(client.close(handle)))).isEqualTo(SftpStatus.OK);
        assertThat(status(client.ask(
                        client.path(SftpMessageNumber.RENAME, "/f.filepart").writeString("/f"))))
                .isEqualTo(SftpStatus.OK);

        assertThat(Files.readString(folder.resolve("f"))).isEqualTo("x");
    }

    @Test
    void aStoreThatCannotSetAttributesSaysSoAndChangesNothing() throws Exception {
        Files.writeString(folder.resolve("f"), "content");
        Conversation client = Conversation.with(new ForwardOnly(PathFileSystem.of(folder)));

        assertThat(status(client.ask(times(client.path(SftpMessageNumber.SETSTAT, "/f"), 1))))
                .isEqualTo(SftpStatus.OP_UNSUPPORTED);
        assertThat(status(client.ask(client.path(SftpMessageNumber.SETSTAT, "/f")
                        .writeUint32(1)
                        .writeUint64(0))))
                .isEqualTo(SftpStatus.OP_UNSUPPORTED);
        assertThat(status(
                        client.ask(client.path(SftpMessageNumber.SETSTAT, "/f").writeUint32(0))))
                .isEqualTo(SftpStatus.OK);
        assertThat(status(client.ask(
                        client.path(SftpMessageNumber.SETSTAT, "/none").writeUint32(0))))
                .isEqualTo(SftpStatus.NO_SUCH_FILE);
        assertThat(Files.readString(folder.resolve("f"))).isEqualTo("content");
    }

    @Test
    void aSizeBeyondAllFilesIsNotSet() throws Exception {
        Conversation client = client();
        client.upload("/f", "content");

        client.send(client.path(SftpMessageNumber.SETSTAT, "/f").writeUint32(1).writeUint64(-1));

        assertThat(client.status()).isIn(SftpStatus.BAD_MESSAGE, SftpStatus.FAILURE);
        assertThat(client.download("/f")).isEqualTo("content");
    }
}
