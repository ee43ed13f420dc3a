package io.portolan.sftp.server.internal.request;

import static io.portolan.sftp.server.internal.testing.Conversation.APPEND;
import static io.portolan.sftp.server.internal.testing.Conversation.CREAT;
import static io.portolan.sftp.server.internal.testing.Conversation.EXCL;
import static io.portolan.sftp.server.internal.testing.Conversation.TRUNC;
import static io.portolan.sftp.server.internal.testing.Conversation.WRITE;
import static io.portolan.sftp.server.internal.testing.Conversation.handle;
import static io.portolan.sftp.server.internal.testing.Conversation.names;
import static io.portolan.sftp.server.internal.testing.Conversation.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.FileSystems;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.SftpLimits;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file system that can only be read stays as it is, whatever is asked for. */
class ReadOnlyTest {

    private final InMemoryFileSystem files = InMemoryFileSystem.create();
    private final Conversation client = Conversation.with(FileSystems.readOnly(files));

    @BeforeEach
    void aFileIsThere() {
        Conversation.with(files).upload("/f", "content");
    }

    private List<String> listing() {
        byte[] directory = handle(client.ask(client.path(SftpMessageNumber.OPENDIR, "/")));
        return names(client.ask(client.on(SftpMessageNumber.READDIR, directory)));
    }

    @Test
    void noOpenCreatesOrTruncatesAnything() {
        for (int flags = 0; flags < 64; flags++) {
            client.send(client.open("/new" + flags, flags));
            assertThat(client.reply().message()).as("flags %s", flags).isEqualTo(SftpMessageNumber.STATUS);
            client.send(client.open("/f", flags));
            Conversation.Packet reply = client.reply();
            if (reply.message() == SftpMessageNumber.HANDLE) {
                assertThat(status(client.ask(client.close(handle(reply))))).isEqualTo(SftpStatus.OK);
            }
        }

        assertThat(listing()).containsExactly(".", "..", "f");
        assertThat(client.download("/f")).isEqualTo("content");
    }

    @Test
    void writingIsDenied() {
        assertThat(status(client.ask(client.open("/f", WRITE)))).isEqualTo(SftpStatus.PERMISSION_DENIED);
        assertThat(status(client.ask(client.open("/g", WRITE | CREAT | TRUNC))))
                .isEqualTo(SftpStatus.PERMISSION_DENIED);
        assertThat(status(client.ask(client.open("/g", WRITE | CREAT | EXCL)))).isEqualTo(SftpStatus.PERMISSION_DENIED);
        assertThat(status(client.ask(client.open("/f", APPEND)))).isEqualTo(SftpStatus.PERMISSION_DENIED);
    }

    @Test
    void noOtherRequestChangesAnything() {
        List<SshWriter> requests = List.of(
                client.path(SftpMessageNumber.MKDIR, "/d").writeUint32(0),
                client.path(SftpMessageNumber.REMOVE, "/f"),
                client.path(SftpMessageNumber.RMDIR, "/f"),
                client.path(SftpMessageNumber.RENAME, "/f").writeString("/g"),
                client.path(SftpMessageNumber.SYMLINK, "/f").writeString("/g"),
                client.path(SftpMessageNumber.SETSTAT, "/f").writeUint32(1).writeUint64(0),
                client.path(SftpMessageNumber.SETSTAT, "/f").writeUint32(4).writeUint32(0),
                client.path(SftpMessageNumber.SETSTAT, "/f")
                        .writeUint32(8)
                        .writeUint32(1)
                        .writeUint32(1),
                client.path(SftpMessageNumber.EXTENDED, "posix-rename@openssh.com")
                        .writeString("/f")
                        .writeString("/g"),
                client.path(SftpMessageNumber.EXTENDED, "hardlink@openssh.com")
                        .writeString("/f")
                        .writeString("/g"),
                client.path(SftpMessageNumber.EXTENDED, "lsetstat@openssh.com")
                        .writeString("/f")
                        .writeUint32(4)
                        .writeUint32(0));

        for (SshWriter request : requests) {
            client.send(request);
            assertThat(client.status()).isIn(SftpStatus.PERMISSION_DENIED, SftpStatus.OP_UNSUPPORTED);
        }
        assertThat(listing()).containsExactly(".", "..", "f");
        assertThat(client.download("/f")).isEqualTo("content");
    }

    @Test
    void extensionsThatChangeSomethingAreNotAdvertised() {
        Conversation stranger =
                Conversation.unintroduced(FileSystems.readOnly(files), Runnable::run, SftpLimits.DEFAULT);

        stranger.sendOctets(0, 0, 0, 5, 1, 0, 0, 0, 3);

        assertThat(new String(stranger.channel().takeSent(), StandardCharsets.ISO_8859_1))
                .contains("limits@openssh.com")
                .doesNotContain("posix-rename", "hardlink", "fsync", "lsetstat");
    }
}
