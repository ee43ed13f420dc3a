package io.portolan.sftp.server.internal.engine;

import static io.portolan.sftp.server.internal.testing.Conversation.CREAT;
import static io.portolan.sftp.server.internal.testing.Conversation.READ;
import static io.portolan.sftp.server.internal.testing.Conversation.TRUNC;
import static io.portolan.sftp.server.internal.testing.Conversation.WRITE;
import static io.portolan.sftp.server.internal.testing.Conversation.attributes;
import static io.portolan.sftp.server.internal.testing.Conversation.handle;
import static io.portolan.sftp.server.internal.testing.Conversation.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.ManualWorkers;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handle follows its file, wherever the channel renames it to. */
class RenamedHandlesTest {

    @TempDir
    private Path folder;

    private VirtualFileSystem files;
    private Conversation client;

    @BeforeEach
    void aChannelIsThere() throws IOException {
        files = store(folder);
        client = Conversation.with(files);
    }

    /** Where the files are. */
    VirtualFileSystem store(Path temporary) throws IOException {
        return InMemoryFileSystem.create();
    }

    @AfterEach
    void theChannelGoes() throws IOException {
        client.end();
        files.close();
    }

    private static SshWriter rename(Conversation client, String from, String to) {
        return client.path(SftpMessageNumber.RENAME, from).writeString(to);
    }

    private static SshWriter replace(Conversation client, String from, String to) {
        return client.request(SftpMessageNumber.EXTENDED)
                .writeString("posix-rename@openssh.com")
                .writeString(from)
                .writeString(to);
    }

    private static SshWriter permissions(Conversation client, byte[] handle, int bits) {
        return client.on(SftpMessageNumber.FSETSTAT, handle).writeUint32(4).writeUint32(bits);
    }

    private SftpStatus statusOf(SshWriter request) {
        return status(client.ask(request));
    }

    private int permissionsOf(String path) {
        return attributes(client.ask(client.path(SftpMessageNumber.STAT, path)))
                        .permissions()
                        .orElseThrow()
                & 0777;
    }

    private boolean isThere(String path) {
        return client.ask(client.path(SftpMessageNumber.STAT, path)).message() == SftpMessageNumber.ATTRS;
    }

    @Test
    void attributesAreSetOfTheFileAtItsNewPath() {
        client.upload("/a", "content");
        byte[] handle = client.opened("/a", READ | WRITE);
        assertThat(statusOf(rename(client, "/a", "/b"))).isEqualTo(SftpStatus.OK);
        client.upload("/a", "another");

        assertThat(statusOf(permissions(client, handle, 0600))).isEqualTo(SftpStatus.OK);

        assertThat(permissionsOf("/b")).isEqualTo(0600);
        assertThat(permissionsOf("/a")).isNotEqualTo(0600);
    }

    @Test
    void aRenameThatReplacesIsFollowedToo() {
        client.upload("/a", "content");
        client.upload("/b", "replaced");
        byte[] handle = client.opened("/a", READ | WRITE);
        byte[] replaced = client.opened("/b", READ | WRITE);
        assertThat(statusOf(replace(client, "/a", "/b"))).isEqualTo(SftpStatus.OK);

        assertThat(statusOf(permissions(client, handle, 0600))).isEqualTo(SftpStatus.OK);
        assertThat(statusOf(permissions(client, replaced, 0640))).isEqualTo(SftpStatus.NO_SUCH_FILE);

        assertThat(permissionsOf("/b")).isEqualTo(0600);
    }

    @Test
    void aRenamedDirectoryTakesWhatIsOpenInItAlong() {
        assertThat(statusOf(client.path(SftpMessageNumber.MKDIR, "/d").writeUint32(0)))
                .isEqualTo(SftpStatus.OK);
        client.upload("/d/a", "content");
        byte[] handle = client.opened("/d/a", READ | WRITE);
        assertThat(statusOf(rename(client, "/d", "/e"))).isEqualTo(SftpStatus.OK);

        assertThat(statusOf(permissions(client, handle, 0600))).isEqualTo(SftpStatus.OK);

        assertThat(permissionsOf("/e/a")).isEqualTo(0600);
    }

    @Test
    void attributesOfARemovedFileAreNotSetOfTheNextOneOfItsName() {
        client.upload("/a", "content");
        byte[] handle = client.opened("/a", READ | WRITE);
        assertThat(statusOf(client.path(SftpMessageNumber.REMOVE, "/a"))).isEqualTo(SftpStatus.OK);
        client.upload("/a", "another");

        assertThat(statusOf(permissions(client, handle, 0600))).isEqualTo(SftpStatus.NO_SUCH_FILE);

        assertThat(permissionsOf("/a")).isNotEqualTo(0600);
        assertThat(statusOf(client.close(handle))).isEqualTo(SftpStatus.OK);
    }

    @Test
    void aFileThatIsBeingWrittenIsThereByItsNewNameOnceItIsClosed() {
        byte[] handle = client.opened("/a", WRITE | CREAT | TRUNC);
        assertThat(statusOf(rename(client, "/a", "/b"))).isEqualTo(SftpStatus.OK);
        assertThat(isThere("/a")).isFalse();
        assertThat(statusOf(client.write(handle, 0, "content"))).isEqualTo(SftpStatus.OK);
        assertThat(attributes(client.ask(client.path(SftpMessageNumber.STAT, "/b")))
                        .size())
                .hasValue(7);
        assertThat(statusOf(permissions(client, handle, 0600))).isEqualTo(SftpStatus.OK);

        assertThat(statusOf(client.close(handle))).isEqualTo(SftpStatus.OK);

        assertThat(isThere("/a")).isFalse();
        assertThat(client.download("/b")).isEqualTo("content");
        assertThat(permissionsOf("/b")).isEqualTo(0600);
    }

    @Test
    void ofTwoThatWriteOneNewFileBothFollow() {
        byte[] one = client.opened("/a", WRITE | CREAT);
        byte[] two = client.opened("/a", WRITE | CREAT);
        assertThat(statusOf(rename(client, "/a", "/b"))).isEqualTo(SftpStatus.OK);
        assertThat(statusOf(client.write(one, 0, "one"))).isEqualTo(SftpStatus.OK);
        assertThat(statusOf(client.write(two, 0, "two"))).isEqualTo(SftpStatus.OK);

        assertThat(statusOf(client.close(one))).isEqualTo(SftpStatus.OK);
        assertThat(client.download("/b")).isEqualTo("one");
        assertThat(statusOf(client.close(two))).isEqualTo(SftpStatus.OK);

        assertThat(client.download("/b")).isEqualTo("two");
        assertThat(isThere("/a")).isFalse();
    }

    @Test
    void aFileThatIsBeingWrittenIsNotRenamedToWhatIsThere() {
        client.upload("/b", "old");
        byte[] handle = client.opened("/a", WRITE | CREAT | TRUNC);

        assertThat(statusOf(rename(client, "/a", "/b"))).isEqualTo(SftpStatus.FAILURE);
        assertThat(statusOf(rename(client, "/b", "/a"))).isEqualTo(SftpStatus.FAILURE);
        assertThat(statusOf(rename(client, "/a", "/none/b"))).isEqualTo(SftpStatus.NO_SUCH_FILE);
        assertThat(statusOf(client.close(handle))).isEqualTo(SftpStatus.OK);

        assertThat(client.download("/b")).isEqualTo("old");
        assertThat(client.download("/a")).isEmpty();
    }

    @Test
    void whatHasComeToTheOldNameMeanwhileIsNotReplaced() {
        byte[] handle = client.opened("/a", WRITE | CREAT | TRUNC);
        assertThat(statusOf(rename(client, "/a", "/b"))).isEqualTo(SftpStatus.OK);
        client.upload("/a", "another");

        assertThat(statusOf(client.close(handle))).isEqualTo(SftpStatus.FAILURE);

        assertThat(client.download("/a")).isEqualTo("another");
        assertThat(isThere("/b")).isFalse();
    }

    @Test
    void aFileThatIsRemovedWhileItIsWrittenDoesNotComeBack() {
        byte[] handle = client.opened("/a", WRITE | CREAT | TRUNC);
        assertThat(statusOf(client.path(SftpMessageNumber.REMOVE, "/a"))).isEqualTo(SftpStatus.OK);
        assertThat(statusOf(client.write(handle, 0, "content"))).isEqualTo(SftpStatus.OK);

        assertThat(statusOf(client.close(handle))).isEqualTo(SftpStatus.OK);

        assertThat(isThere("/a")).isFalse();
    }

    @Test
    void aDirectoryInWhichAFileIsBeingWrittenIsNotRenamed() {
        assertThat(statusOf(client.path(SftpMessageNumber.MKDIR, "/d").writeUint32(0)))
                .isEqualTo(SftpStatus.OK);
        byte[] handle = client.opened("/d/a", WRITE | CREAT | TRUNC);

        assertThat(statusOf(rename(client, "/d", "/e"))).isEqualTo(SftpStatus.FAILURE);

        assertThat(statusOf(client.close(handle))).isEqualTo(SftpStatus.OK);
        assertThat(isThere("/d/a")).isTrue();
    }

    @Test
    void requestsOnARenamedHandleAreDoneBeforeLaterOnesThatNameTheNewPath() {
        client.upload("/a", "content");
        ManualWorkers workers = new ManualWorkers();
        Conversation client = Conversation.with(files, workers, SftpLimits.DEFAULT);
        client.send(client.open("/a", READ | WRITE));
        workers.runAll(client.channel());
        byte[] handle = handle(client.reply());

        client.sendAll(
                rename(client, "/a", "/b"),
                client.write(handle, 7, "!"),
                rename(client, "/b", "/c"),
                client.write(handle, 8, "!"),
                client.path(SftpMessageNumber.STAT, "/c"),
                client.close(handle),
                client.path(SftpMessageNumber.STAT, "/c"));
        workers.runAll(client.channel());

        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(attributes(client.reply()).size()).hasValue(9);
        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        assertThat(attributes(client.reply()).size()).hasValue(9);
        client.end();
        workers.runAll(client.channel());
    }
}
