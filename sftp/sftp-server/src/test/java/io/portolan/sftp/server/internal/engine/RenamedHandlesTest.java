package io.portolan.sftp.server.internal.engine;

import static io.portolan.sftp.server.internal.testing.Conversation.CREAT;
import static io.portolan.sftp.server.internal.testing.Conversation.EXCL;
import static io.portolan.sftp.server.internal.testing.Conversation.READ;
import static io.portolan.sftp.server.internal.testing.Conversation.TRUNC;
import static io.portolan.sftp.server.internal.testing.Conversation.WRITE;
import static io.portolan.sftp.server.internal.testing.Conversation.attributes;
import static io.portolan.sftp.server.internal.testing.Conversation.handle;
import static io.portolan.sftp.server.internal.testing.Conversation.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.ResumableUploads;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
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

    private String contentOf(String path) {
        return isThere(path) ? client.download(path) : "nothing";
    }

    private void ok(SshWriter request) {
        assertThat(statusOf(request)).isEqualTo(SftpStatus.OK);
    }

    private SshWriter remove(String path) {
        return client.path(SftpMessageNumber.REMOVE, path);
    }

    private SshWriter makeDirectory(String path) {
        return client.path(SftpMessageNumber.MKDIR, path).writeUint32(0);
    }

    /** The target comes first, as OpenSSH has it. */
    private SshWriter link(String target, String path) {
        return client.path(SftpMessageNumber.SYMLINK, target).writeString(path);
    }

    private byte[] begun(String path, String content) {
        byte[] handle = client.opened(path, WRITE | CREAT | TRUNC);
        ok(client.write(handle, 0, content));
        return handle;
    }

    @Test
    void whatIsWrittenThroughALinkIsKeptIfTheLinkIsRemoved() {
        client.upload("/real", "old");
        ok(link("real", "/link"));
        byte[] handle = begun("/link", "new");
        ok(remove("/link"));
        ok(permissions(client, handle, 0600));

        ok(client.close(handle));

        assertThat(client.download("/real")).isEqualTo("new");
        assertThat(permissionsOf("/real")).isEqualTo(0600);
        assertThat(isThere("/link")).isFalse();
    }

    @Test
    void whatIsWrittenThroughALinkIsKeptIfTheLinkIsReplaced() {
        client.upload("/real", "old");
        client.upload("/other", "other");
        ok(link("/real", "/link"));
        byte[] handle = begun("/link", "new");
        ok(replace(client, "/other", "/link"));
        ok(permissions(client, handle, 0600));

        ok(client.close(handle));

        assertThat(client.download("/real")).isEqualTo("new");
        assertThat(permissionsOf("/real")).isEqualTo(0600);
        assertThat(client.download("/link")).isEqualTo("other");
        assertThat(permissionsOf("/link")).isNotEqualTo(0600);
    }

    @Test
    void aLinkIsRenamedAtOnceAndWhatIsWrittenThroughItStays() {
        ok(makeDirectory("/d"));
        client.upload("/real", "old");
        ok(link("real", "/link"));
        byte[] handle = begun("/link", "new");
        ok(rename(client, "/link", "/d/link"));

        ok(client.close(handle));

        assertThat(client.download("/real")).isEqualTo("new");
        assertThat(client.ask(client.path(SftpMessageNumber.LSTAT, "/d/link")).message())
                .isEqualTo(SftpMessageNumber.ATTRS);
        assertThat(client.ask(client.path(SftpMessageNumber.LSTAT, "/link")).message())
                .isEqualTo(SftpMessageNumber.STATUS);
    }

    @Test
    void whatIsWrittenThroughALinkedDirectoryIsKeptIfTheLinkIsRemoved() {
        ok(makeDirectory("/d"));
        ok(link("d", "/link"));
        byte[] handle = begun("/link/a", "new");
        ok(remove("/link"));
        ok(permissions(client, handle, 0600));

        ok(client.close(handle));

        assertThat(client.download("/d/a")).isEqualTo("new");
        assertThat(permissionsOf("/d/a")).isEqualTo(0600);
    }

    @Test
    void aFileMadeThroughALinkThatLedNowhereIsKeptIfTheLinkIsRemoved() {
        ok(link("real", "/link"));
        byte[] handle = begun("/link", "new");
        ok(remove("/link"));

        ok(client.close(handle));

        assertThat(client.download("/real")).isEqualTo("new");
    }

    @Test
    void attributesAreSetOfAFileThoughTheLinkToItHasGone() {
        client.upload("/real", "content");
        ok(link("real", "/link"));
        byte[] handle = client.opened("/link", READ | WRITE);
        ok(remove("/link"));

        ok(permissions(client, handle, 0600));

        assertThat(permissionsOf("/real")).isEqualTo(0600);
    }

    @Test
    void attributesOfAFileWhoseLinkLedNobodyKnowsWhereAreNotSetOfAnother() {
        ok(makeDirectory("/x"));
        ok(makeDirectory("/x/y"));
        client.upload("/x/real", "old");
        client.upload("/real", "another");
        ok(link("/x/y", "/d"));
        ok(link("../real", "/d/link"));
        byte[] handle = begun("/d/link", "new");
        ok(remove("/d/link"));
        ok(permissions(client, handle, 0600));

        assertThat(statusOf(client.close(handle))).isEqualTo(SftpStatus.FAILURE);

        assertThat(client.download("/x/real")).isEqualTo("new");
        assertThat(client.download("/real")).isEqualTo("another");
        assertThat(permissionsOf("/real")).isNotEqualTo(0600);
    }

    @Test
    void aFileThatOthersHaveMadeMeanwhileIsNotReplacedByARenameThatMustNot() {
        byte[] handle = begun("/a", "mine");
        ok(rename(client, "/a", "/lock"));
        Conversation other = Conversation.with(files);
        byte[] theirs = other.opened("/lock", WRITE | CREAT | EXCL);
        assertThat(status(other.ask(other.write(theirs, 0, "theirs")))).isEqualTo(SftpStatus.OK);
        assertThat(status(other.ask(other.close(theirs)))).isEqualTo(SftpStatus.OK);
        other.end();

        assertThat(statusOf(client.close(handle))).isEqualTo(SftpStatus.FAILURE);

        assertThat(client.download("/lock")).isEqualTo("theirs");
        assertThat(isThere("/a")).isFalse();
    }

    @Test
    void aFileThatOthersHaveMadeMeanwhileIsReplacedByARenameThatMay() {
        byte[] handle = begun("/a", "mine");
        ok(replace(client, "/a", "/b"));
        Conversation other = Conversation.with(files);
        other.upload("/b", "theirs");
        other.end();

        ok(client.close(handle));

        assertThat(client.download("/b")).isEqualTo("mine");
        assertThat(isThere("/a")).isFalse();
    }

    @Test
    void whatAFileReplacesIsRenamedAtOnce() {
        client.upload("/a", "old");
        ok(client.path(SftpMessageNumber.SETSTAT, "/a").writeUint32(4).writeUint32(0600));
        byte[] handle = begun("/a", "new");
        ok(rename(client, "/a", "/b"));

        Conversation other = Conversation.with(files);
        assertThat(other.download("/b")).isEqualTo("old");
        assertThat(other.ask(other.path(SftpMessageNumber.STAT, "/a")).message())
                .isEqualTo(SftpMessageNumber.STATUS);
        other.end();
        ok(client.close(handle));

        assertThat(contentOf("/a")).isEqualTo("nothing");
        assertThat(client.download("/b")).isEqualTo("new");
        assertThat(permissionsOf("/b")).isEqualTo(0600);
    }

    @Test
    void whatWasRenamedWhileItIsReplacedCanBeRemoved() {
        client.upload("/a", "old");
        byte[] handle = begun("/a", "new");
        ok(rename(client, "/a", "/b"));
        ok(remove("/b"));

        ok(client.close(handle));

        assertThat(contentOf("/a")).isEqualTo("nothing");
        assertThat(contentOf("/b")).isEqualTo("nothing");
    }

    @Test
    void aRenamedFileWhoseReplacementBreaksKeepsItsContent() {
        client.upload("/a", "old");
        begun("/a", "new");
        ok(rename(client, "/a", "/b"));
        client.end();

        client = Conversation.with(files);

        assertThat(contentOf("/a")).isEqualTo("nothing");
        assertThat(contentOf("/b")).isEqualTo("old");
    }

    @Test
    void aFileIsRenamedToAndFroWhileItIsReplaced() {
        client.upload("/a", "old");
        byte[] handle = begun("/a", "new");
        ok(rename(client, "/a", "/b"));
        ok(rename(client, "/b", "/c"));
        ok(rename(client, "/c", "/a"));

        ok(client.close(handle));

        assertThat(contentOf("/a")).isEqualTo("new");
        assertThat(contentOf("/b")).isEqualTo("nothing");
        assertThat(contentOf("/c")).isEqualTo("nothing");
    }

    @Test
    void aNewFileIsRenamedToAndFroWhileItIsWritten() {
        byte[] handle = begun("/a", "new");
        ok(rename(client, "/a", "/b"));
        ok(rename(client, "/b", "/a"));

        ok(client.close(handle));

        assertThat(contentOf("/a")).isEqualTo("new");
        assertThat(contentOf("/b")).isEqualTo("nothing");
    }

    @Test
    void aHandleOfThePublishedFileFollowsItAndNotTheNameThatItsReplacementTakes() {
        client.upload("/a", "a");
        client.upload("/b", "b");
        byte[] published = client.opened("/a", READ | WRITE);
        begun("/a", "new");
        ok(replace(client, "/a", "/b"));

        ok(permissions(client, published, 0640));
        client.end();

        client = Conversation.with(files);
        assertThat(contentOf("/a")).isEqualTo("nothing");
        assertThat(contentOf("/b")).isEqualTo("a");
        assertThat(permissionsOf("/b")).isEqualTo(0640);
    }

    @Test
    void aHandleWhoseFileOthersHaveRemovedDoesNotFollowTheNextOneOfItsName() throws IOException {
        client.upload("/a", "a");
        client.upload("/b", "b");
        byte[] published = client.opened("/a", READ | WRITE);
        files.delete(VirtualPath.of("/a"));
        begun("/a", "new");
        ok(replace(client, "/a", "/b"));

        assertThat(statusOf(permissions(client, published, 0600))).isEqualTo(SftpStatus.NO_SUCH_FILE);
        client.end();

        client = Conversation.with(files);
        assertThat(contentOf("/b")).isEqualTo("b");
        assertThat(permissionsOf("/b")).isNotEqualTo(0600);
    }

    @Test
    void aDirectoryIsNeitherRenamedNorRemovedWhileARenamedFileWillBePublishedThere() {
        ok(makeDirectory("/d"));
        ok(makeDirectory("/e"));
        byte[] handle = begun("/d/a", "new");
        ok(rename(client, "/d/a", "/e/b"));

        assertThat(statusOf(rename(client, "/d", "/x"))).isEqualTo(SftpStatus.FAILURE);
        assertThat(statusOf(client.path(SftpMessageNumber.RMDIR, "/d"))).isEqualTo(SftpStatus.FAILURE);
        assertThat(statusOf(client.path(SftpMessageNumber.RMDIR, "/e"))).isEqualTo(SftpStatus.FAILURE);
        ok(client.close(handle));

        assertThat(client.download("/e/b")).isEqualTo("new");
        ok(client.path(SftpMessageNumber.RMDIR, "/d"));
    }

    @Test
    void aDirectoryIsNotRemovedWhileAFileIsBeingWrittenInIt() {
        ok(makeDirectory("/d"));
        byte[] handle = begun("/d/a", "new");

        assertThat(statusOf(client.path(SftpMessageNumber.RMDIR, "/d"))).isEqualTo(SftpStatus.FAILURE);
        ok(remove("/d/a"));
        ok(client.close(handle));
        ok(client.path(SftpMessageNumber.RMDIR, "/d"));

        assertThat(isThere("/d")).isFalse();
    }

    private void nothingIsKeptOf(String path) throws IOException {
        ResumableUploads uploads = files.capability(ResumableUploads.class).orElseThrow();
        assertThat(uploads.keptSize(VirtualPath.of(path))).isEmpty();
    }

    @Test
    void nothingIsKeptOfAFileThatIsRemovedWhileItIsWritten() throws IOException {
        byte[] handle = begun("/a", "secret");
        ok(remove("/a"));
        ok(client.close(handle));
        nothingIsKeptOf("/a");

        begun("/a", "secret");
        ok(remove("/a"));
        client.end();
        nothingIsKeptOf("/a");
        client = Conversation.with(files);
    }

    @Test
    void nothingIsKeptOfAFileThatIsReplacedWhileItIsWritten() throws IOException {
        client.upload("/b", "another");
        byte[] handle = begun("/a", "secret");
        ok(replace(client, "/b", "/a"));
        ok(client.close(handle));
        nothingIsKeptOf("/a");
        assertThat(contentOf("/a")).isEqualTo("another");
    }

    @Test
    void whatHasComeOfAFileIsKeptIfTheChannelGoes() throws IOException {
        begun("/a", "half");
        client.end();
        ResumableUploads uploads = files.capability(ResumableUploads.class).orElseThrow();
        assertThat(uploads.keptSize(VirtualPath.of("/a"))).hasValue(4);
        client = Conversation.with(files);
    }

    @Test
    void aRenamedDirectoryIsRenamedAlthoughNobodyCanNameWhatIsOpenInItAnyMore() {
        String deep = "/d" + ("/" + "x".repeat(200)).repeat(VirtualPath.MAX_LENGTH / 201 - 1);
        for (int end = deep.indexOf('/', 1); end > 0; end = deep.indexOf('/', end + 1)) {
            ok(client.path(SftpMessageNumber.MKDIR, deep.substring(0, end)).writeUint32(0));
        }
        client.upload(deep, "content");
        byte[] handle = client.opened(deep, READ | WRITE);

        ok(rename(client, "/d", "/" + "y".repeat(255)));

        ok(client.write(handle, 0, "C"));
        ok(client.close(handle));
        ok(rename(client, "/" + "y".repeat(255), "/d"));
        assertThat(contentOf(deep)).isEqualTo("Content");

        // what clears up behind the test has no way so deep
        ok(remove(deep));
        for (int end = deep.lastIndexOf('/'); end > 0; end = deep.lastIndexOf('/', end - 1)) {
            ok(client.path(SftpMessageNumber.RMDIR, deep.substring(0, end)));
        }
    }

    @Test
    void nothingIsKeptUnderTheOldNameOfAFileThatIsRenamedWhileItIsWritten() throws IOException {
        begun("/a", "secret");
        ok(rename(client, "/a", "/b"));
        client.end();
        nothingIsKeptOf("/a");
        nothingIsKeptOf("/b");
        client = Conversation.with(files);
    }

    @Test
    void nothingIsKeptForTheFileThatHasTakenTheOldNameMeanwhile() throws IOException {
        byte[] handle = begun("/a", "secret");
        ok(rename(client, "/a", "/b"));
        Conversation other = Conversation.with(files);
        other.upload("/a", "another");
        other.end();

        assertThat(statusOf(client.close(handle))).isEqualTo(SftpStatus.FAILURE);

        nothingIsKeptOf("/a");
        assertThat(contentOf("/a")).isEqualTo("another");
    }

    @Test
    void whatHasComeOfAFileThatWasRenamedToAndFroIsKeptIfTheChannelGoes() throws IOException {
        begun("/a", "half");
        ok(rename(client, "/a", "/b"));
        ok(rename(client, "/b", "/a"));
        client.end();
        ResumableUploads uploads = files.capability(ResumableUploads.class).orElseThrow();
        assertThat(uploads.keptSize(VirtualPath.of("/a"))).hasValue(4);
        client = Conversation.with(files);
    }
}
