package io.portolan.sftp.server.internal.request;

import static io.portolan.sftp.server.internal.testing.Conversation.CREAT;
import static io.portolan.sftp.server.internal.testing.Conversation.READ;
import static io.portolan.sftp.server.internal.testing.Conversation.WRITE;
import static io.portolan.sftp.server.internal.testing.Conversation.names;
import static io.portolan.sftp.server.internal.testing.Conversation.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.sftp.server.internal.testing.Conversation.Packet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the texts that peers send for paths lead to, and that they lead nowhere else. */
class PathsTest {

    @TempDir
    Path folder;

    private Conversation jail() throws Exception {
        Files.createDirectories(folder.resolve("home/user1/sub"));
        Files.createDirectories(folder.resolve("home/user10"));
        Files.writeString(folder.resolve("home/user10/secret"), "secret");
        Files.writeString(folder.resolve("home/user1/mine"), "mine");
        Files.writeString(folder.resolve("secret"), "secret");
        return Conversation.with(PathFileSystem.of(folder.resolve("home/user1")));
    }

    private static String real(Conversation client, String path) {
        return names(client.ask(client.path(SftpMessageNumber.REALPATH, path))).get(0);
    }

    @Test
    void realpathGivesTheOneFormOfAPath() throws Exception {
        Conversation client = jail();

        assertThat(real(client, ".")).isEqualTo("/");
        assertThat(real(client, "")).isEqualTo("/");
        assertThat(real(client, "sub/../mine")).isEqualTo("/mine");
        assertThat(real(client, "/../../..//./sub/")).isEqualTo("/sub");
        assertThat(real(client, "/no/such/../thing")).isEqualTo("/no/thing");
        assertThat(real(client, "/" + "a/../".repeat(1000))).isEqualTo("/");
    }

    @Test
    void noPathLeadsAboveTheRootOrToAFolderWhoseNameBeginsAlike() throws Exception {
        Conversation client = jail();

        for (String path : List.of(
                "/../user10/secret",
                "../user10/secret",
                "/../../secret",
                "sub/../../user10/secret",
                "0/secret",
                "/home/user10/secret",
                folder + "/secret",
                "..\\user10\\secret",
                "C:/secret",
                "mine::$DATA",
                "mine.",
                "mine ",
                "%2e%2e/user10/secret")) {
            assertThat(status(client.ask(client.path(SftpMessageNumber.STAT, path))))
                    .as(path)
                    .isEqualTo(SftpStatus.NO_SUCH_FILE);
            assertThat(status(client.ask(client.open(path, READ)))).as(path).isEqualTo(SftpStatus.NO_SUCH_FILE);
        }
    }

    @Test
    void aNameWithAControlCharacterIsRefusedWhereverItComes() throws Exception {
        Conversation client = jail();

        for (String bad : List.of("a\0b", "a\nb", "a\u001b[31m", "a\u0085b", "a\u2028b")) {
            assertThat(status(client.ask(client.path(SftpMessageNumber.STAT, bad))))
                    .isEqualTo(SftpStatus.FAILURE);
            assertThat(status(client.ask(client.open(bad, WRITE | CREAT)))).isEqualTo(SftpStatus.FAILURE);
            assertThat(status(
                            client.ask(client.path(SftpMessageNumber.MKDIR, bad).writeUint32(0))))
                    .isEqualTo(SftpStatus.FAILURE);
            assertThat(status(client.ask(
                            client.path(SftpMessageNumber.RENAME, "/mine").writeString(bad))))
                    .isEqualTo(SftpStatus.FAILURE);
        }
        assertThat(client.download("/mine")).isEqualTo("mine");
    }

    @Test
    void aPathThatIsTooLongOrTooDeepIsRefused() throws Exception {
        Conversation client = jail();

        assertThat(status(client.ask(client.path(SftpMessageNumber.STAT, "a/".repeat(5000)))))
                .isEqualTo(SftpStatus.FAILURE);
        assertThat(status(client.ask(client.path(SftpMessageNumber.STAT, "a/".repeat(4000)))))
                .isEqualTo(SftpStatus.NO_SUCH_FILE);
        assertThat(status(client.ask(client.path(SftpMessageNumber.STAT, "a".repeat(100_000)))))
                .isEqualTo(SftpStatus.BAD_MESSAGE);
    }

    @Test
    void theRootIsNeitherRemovedNorRenamedNorMade() throws Exception {
        Conversation client = jail();

        assertThat(status(client.ask(client.path(SftpMessageNumber.RMDIR, "/"))))
                .isNotEqualTo(SftpStatus.OK);
        assertThat(status(client.ask(client.path(SftpMessageNumber.REMOVE, "/"))))
                .isNotEqualTo(SftpStatus.OK);
        assertThat(status(client.ask(client.path(SftpMessageNumber.RENAME, "/").writeString("/x"))))
                .isNotEqualTo(SftpStatus.OK);
        assertThat(status(client.ask(client.path(SftpMessageNumber.MKDIR, "/").writeUint32(0))))
                .isNotEqualTo(SftpStatus.OK);
        assertThat(client.download("/mine")).isEqualTo("mine");
    }

    @Test
    void aDirectoryIsNotMovedIntoItself() throws Exception {
        Conversation client = jail();
        client.send(client.path(SftpMessageNumber.MKDIR, "/self").writeUint32(0));
        assertThat(client.status()).isEqualTo(SftpStatus.OK);
        Packet refusal =
                client.ask(client.path(SftpMessageNumber.RENAME, "/self").writeString("/self/below"));
        assertThat(Conversation.status(refusal)).isNotEqualTo(SftpStatus.OK);
        assertThat(Conversation.text(refusal)).isEqualTo("Nothing moves into itself");
        Packet missing =
                client.ask(client.path(SftpMessageNumber.RENAME, "/none").writeString("/none/below"));
        assertThat(Conversation.status(missing)).isEqualTo(SftpStatus.NO_SUCH_FILE);
    }
}
