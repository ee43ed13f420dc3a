package io.portolan.sftp.server.internal.request;

import static io.portolan.sftp.server.internal.testing.Conversation.APPEND;
import static io.portolan.sftp.server.internal.testing.Conversation.CREAT;
import static io.portolan.sftp.server.internal.testing.Conversation.EXCL;
import static io.portolan.sftp.server.internal.testing.Conversation.READ;
import static io.portolan.sftp.server.internal.testing.Conversation.TRUNC;
import static io.portolan.sftp.server.internal.testing.Conversation.WRITE;
import static io.portolan.sftp.server.internal.testing.Conversation.data;
import static io.portolan.sftp.server.internal.testing.Conversation.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.FileSystems;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.QuotaLimits;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.ForwardOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Opening, reading, writing and closing files, on stores that can be read and written at any place. */
class FilesTest {

    private final InMemoryFileSystem files = InMemoryFileSystem.create();
    private final Conversation client = Conversation.with(files);

    private SftpStatus closed(byte[] handle) {
        return status(client.ask(client.close(handle)));
    }

    @Test
    void anUploadIsThereWhenCloseIsAnsweredAndNotBefore() {
        client.upload("/f", "old");
        byte[] handle = client.opened("/f", WRITE | CREAT | TRUNC);
        assertThat(status(client.ask(client.write(handle, 0, "new")))).isEqualTo(SftpStatus.OK);

        assertThat(Conversation.with(files).download("/f")).isEqualTo("old");
        assertThat(closed(handle)).isEqualTo(SftpStatus.OK);
        assertThat(Conversation.with(files).download("/f")).isEqualTo("new");
    }

    @Test
    void piecesMayComeInAnyOrder() {
        byte[] handle = client.opened("/f", WRITE | CREAT | TRUNC);
        for (int at : new int[] {6, 0, 3}) {
            assertThat(status(client.ask(client.write(handle, at, "abcdefghi".substring(at, at + 3)))))
                    .isEqualTo(SftpStatus.OK);
        }
        assertThat(closed(handle)).isEqualTo(SftpStatus.OK);

        assertThat(client.download("/f")).isEqualTo("abcdefghi");
    }

    @Test
    void closeTellsThatAnUploadCouldNotBePublished() {
        byte[] handle = client.opened("/f", WRITE | CREAT | EXCL);
        assertThat(status(client.ask(client.write(handle, 0, "mine")))).isEqualTo(SftpStatus.OK);
        Conversation.with(files).upload("/f", "another's");

        assertThat(closed(handle)).isEqualTo(SftpStatus.FAILURE);

        assertThat(client.download("/f")).isEqualTo("another's");
        assertThat(closed(handle)).as("the handle is gone all the same").isEqualTo(SftpStatus.FAILURE);
    }

    @Test
    void exclRefusesAFileThatIsThere() {
        client.upload("/f", "old");

        assertThat(status(client.ask(client.open("/f", WRITE | CREAT | EXCL)))).isEqualTo(SftpStatus.FAILURE);
    }

    @Test
    void withoutCreatAFileMustBeThere() {
        assertThat(status(client.ask(client.open("/f", READ)))).isEqualTo(SftpStatus.NO_SUCH_FILE);
        assertThat(status(client.ask(client.open("/f", WRITE)))).isEqualTo(SftpStatus.NO_SUCH_FILE);
        assertThat(status(client.ask(client.open("/f", WRITE | TRUNC)))).isEqualTo(SftpStatus.NO_SUCH_FILE);
    }

    @Test
    void withoutTruncAFileIsChangedInPlace() {
        client.upload("/f", "0123456789");
        byte[] handle = client.opened("/f", WRITE | CREAT);
        assertThat(status(client.ask(client.write(handle, 3, "xyz")))).isEqualTo(SftpStatus.OK);
        assertThat(closed(handle)).isEqualTo(SftpStatus.OK);

        assertThat(client.download("/f")).isEqualTo("012xyz6789");
    }

    @Test
    void appendWritesAtTheEndWhereverThePeerPoints() {
        client.upload("/f", "0123");
        byte[] handle = client.opened("/f", WRITE | APPEND);
        assertThat(status(client.ask(client.write(handle, 0, "45")))).isEqualTo(SftpStatus.OK);
        assertThat(closed(handle)).isEqualTo(SftpStatus.OK);

        assertThat(client.download("/f")).isEqualTo("012345");
    }

    @Test
    void aReadIsShortAtTheEndOnly() {
        client.upload("/f", "0123456789");
        byte[] handle = client.opened("/f", READ);

        assertThat(data(client.ask(client.read(handle, 0, 4)))).asString().isEqualTo("0123");
        assertThat(data(client.ask(client.read(handle, 8, 4)))).asString().isEqualTo("89");
        assertThat(status(client.ask(client.read(handle, 10, 4)))).isEqualTo(SftpStatus.EOF);
    }

    @Test
    void aStoreThatReadsInSmallPiecesDoesNotMakeReadsShort() {
        client.upload("/f", "0123456789");
        VirtualFileSystem stingy = new ForwardOnly(files) {
            @Override
            public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
                ReadableFile file = super.openRead(path, offset);
                return new ReadableFile() {
                    @Override
                    public int read(ByteBuffer target) throws IOException {
                        ByteBuffer one = ByteBuffer.allocate(1);
                        int count = file.read(one);
                        target.put(one.flip());
                        return count;
                    }

                    @Override
                    public void close() throws IOException {
                        file.close();
                    }
                };
            }
        };
        Conversation client = Conversation.with(stingy);
        byte[] handle = client.opened("/f", READ);

        assertThat(data(client.ask(client.read(handle, 0, 8)))).asString().isEqualTo("01234567");
        assertThat(data(client.ask(client.read(handle, 8, 8)))).asString().isEqualTo("89");
    }

    @Test
    void whatGrowsWhileItIsReadIsReadOn() {
        client.upload("/f", "0123");
        byte[] reader = client.opened("/f", READ);
        assertThat(data(client.ask(client.read(reader, 0, 100)))).asString().isEqualTo("0123");
        assertThat(status(client.ask(client.read(reader, 4, 100)))).isEqualTo(SftpStatus.EOF);
        byte[] writer = client.opened("/f", WRITE | APPEND);
        assertThat(status(client.ask(client.write(writer, 0, "45")))).isEqualTo(SftpStatus.OK);
        assertThat(closed(writer)).isEqualTo(SftpStatus.OK);

        assertThat(data(client.ask(client.read(reader, 4, 100)))).asString().isEqualTo("45");
    }

    @Test
    void renameFailsWhereSomethingIsAndPosixRenameReplacesIt() {
        client.upload("/a", "a");
        client.upload("/b", "b");

        assertThat(status(client.ask(client.path(SftpMessageNumber.RENAME, "/a").writeString("/b"))))
                .isEqualTo(SftpStatus.FAILURE);
        assertThat(client.download("/b")).isEqualTo("b");
        assertThat(status(client.ask(client.path(SftpMessageNumber.EXTENDED, "posix-rename@openssh.com")
                        .writeString("/a")
                        .writeString("/b"))))
                .isEqualTo(SftpStatus.OK);
        assertThat(client.download("/b")).isEqualTo("a");
    }

    @Test
    void removeIsForFilesAndRmdirForDirectories() {
        client.upload("/f", "");
        assertThat(status(client.ask(client.path(SftpMessageNumber.MKDIR, "/d").writeUint32(0))))
                .isEqualTo(SftpStatus.OK);
        client.upload("/d/g", "");

        assertThat(status(client.ask(client.path(SftpMessageNumber.REMOVE, "/d"))))
                .isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.path(SftpMessageNumber.RMDIR, "/f"))))
                .isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.path(SftpMessageNumber.RMDIR, "/d"))))
                .isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.path(SftpMessageNumber.REMOVE, "/d/g"))))
                .isEqualTo(SftpStatus.OK);
        assertThat(status(client.ask(client.path(SftpMessageNumber.RMDIR, "/d"))))
                .isEqualTo(SftpStatus.OK);
    }

    @Test
    void aQuotaStopsAnUploadAndAnEmptyHoleToo() throws Exception {
        Conversation client = Conversation.with(FileSystems.quota(files, QuotaLimits.ofBytes(1000)));
        byte[] handle = client.opened("/f", WRITE | CREAT | TRUNC);

        assertThat(status(client.ask(client.write(handle, 0, new byte[900])))).isEqualTo(SftpStatus.OK);
        assertThat(status(client.ask(client.write(handle, 900, new byte[200])))).isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.write(handle, 1L << 40, "x")))).isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.on(SftpMessageNumber.FSETSTAT, handle)
                        .writeUint32(1)
                        .writeUint64(1L << 40))))
                .isEqualTo(SftpStatus.FAILURE);
    }

    @Test
    void anUploadWhoseSizeCouldNotBeSetIsNotPublished() {
        client.upload("/f", "old");
        byte[] handle = client.opened("/f", WRITE | CREAT | TRUNC);
        assertThat(status(client.ask(client.write(handle, 0, "new")))).isEqualTo(SftpStatus.OK);
        long moreThanThereIs = 1L << 40;

        assertThat(status(client.ask(client.on(SftpMessageNumber.FSETSTAT, handle)
                        .writeUint32(1)
                        .writeUint64(moreThanThereIs))))
                .isNotEqualTo(SftpStatus.OK);

        assertThat(closed(handle)).isEqualTo(SftpStatus.FAILURE);
        assertThat(client.download("/f")).isEqualTo("old");
    }
}
