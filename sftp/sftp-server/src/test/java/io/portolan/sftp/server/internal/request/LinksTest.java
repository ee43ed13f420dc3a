package io.portolan.sftp.server.internal.request;

import static io.portolan.sftp.server.internal.testing.Conversation.CREAT;
import static io.portolan.sftp.server.internal.testing.Conversation.READ;
import static io.portolan.sftp.server.internal.testing.Conversation.TRUNC;
import static io.portolan.sftp.server.internal.testing.Conversation.WRITE;
import static io.portolan.sftp.server.internal.testing.Conversation.attributes;
import static io.portolan.sftp.server.internal.testing.Conversation.names;
import static io.portolan.sftp.server.internal.testing.Conversation.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.internal.attributes.SftpFileType;
import io.portolan.sftp.server.internal.testing.Conversation;
import io.portolan.ssh.internal.wire.SshWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links: where they may lead, and what is told of it. */
class LinksTest {

    @TempDir
    Path folder;

    private Conversation client() throws Exception {
        Files.createDirectories(folder.resolve("root/d"));
        Files.writeString(folder.resolve("root/d/f"), "content");
        Files.writeString(folder.resolve("secret"), "secret");
        return Conversation.with(PathFileSystem.of(folder.resolve("root")));
    }

    private static SshWriter symlink(Conversation client, String target, String link) {
        return client.path(SftpMessageNumber.SYMLINK, target).writeString(link);
    }

    @Test
    void symlinkHasTheTargetFirstAsOpenSshHasIt() throws Exception {
        Conversation client = client();

        assertThat(status(client.ask(symlink(client, "d/f", "/link")))).isEqualTo(SftpStatus.OK);

        assertThat(Files.readSymbolicLink(folder.resolve("root/link"))).hasToString("d/f");
        assertThat(names(client.ask(client.path(SftpMessageNumber.READLINK, "/link"))))
                .containsExactly("d/f");
        assertThat(client.download("/link")).isEqualTo("content");
    }

    @Test
    void anAbsoluteTargetIsTakenFromTheRootThatThePeerSees() throws Exception {
        Conversation client = client();

        assertThat(status(client.ask(symlink(client, "/d/f", "/link")))).isEqualTo(SftpStatus.OK);

        assertThat(client.download("/link")).isEqualTo("content");
        assertThat(names(client.ask(client.path(SftpMessageNumber.READLINK, "/link"))))
                .allSatisfy(target -> assertThat(target).doesNotContain(folder.toString()));
    }

    @Test
    void noLinkIsMadeThatLeadsOut() throws Exception {
        Conversation client = client();

        for (String target : List.of("../secret", "d/../../secret", "../../../../etc/passwd")) {
            client.send(symlink(client, target, "/link"));
            client.status();
            assertThat(status(client.ask(client.open("/link", READ))))
                    .as(target)
                    .isNotEqualTo(SftpStatus.OK);
            Files.deleteIfExists(folder.resolve("root/link"));
        }
    }

    @Test
    void aLinkThatLeadsOutIsNotFollowedAndDoesNotTellWhereTo() throws Exception {
        Conversation client = client();
        Files.createSymbolicLink(folder.resolve("root/out"), folder.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("root/up"), folder);

        for (String path : List.of("/out", "/up/secret")) {
            assertThat(status(client.ask(client.open(path, READ)))).as(path).isNotEqualTo(SftpStatus.OK);
            assertThat(status(client.ask(client.open(path, WRITE | CREAT | TRUNC))))
                    .as(path)
                    .isNotEqualTo(SftpStatus.OK);
            assertThat(status(client.ask(client.path(SftpMessageNumber.STAT, path))))
                    .as(path)
                    .isNotEqualTo(SftpStatus.OK);
            assertThat(status(client.ask(client.path(SftpMessageNumber.SETSTAT, path)
                            .writeUint32(4)
                            .writeUint32(0777))))
                    .as(path)
                    .isNotEqualTo(SftpStatus.OK);
        }
        Conversation.Packet reply = client.ask(client.path(SftpMessageNumber.READLINK, "/out"));
        if (reply.message() == SftpMessageNumber.NAME) {
            assertThat(names(reply).get(0)).doesNotContain(folder.toString());
        }
        assertThat(Files.readString(folder.resolve("secret"))).isEqualTo("secret");
    }

    @Test
    void bothEndsOfRenamesAndHardLinksAreChecked() throws Exception {
        Conversation client = client();
        Files.createSymbolicLink(folder.resolve("root/up"), folder);

        for (String name : List.of("posix-rename@openssh.com", "hardlink@openssh.com")) {
            assertThat(status(client.ask(client.path(SftpMessageNumber.EXTENDED, name)
                            .writeString("/up/secret")
                            .writeString("/mine"))))
                    .as(name)
                    .isNotEqualTo(SftpStatus.OK);
            assertThat(status(client.ask(client.path(SftpMessageNumber.EXTENDED, name)
                            .writeString("/d/f")
                            .writeString("/up/out"))))
                    .as(name)
                    .isNotEqualTo(SftpStatus.OK);
        }
        assertThat(status(client.ask(
                        client.path(SftpMessageNumber.RENAME, "/up/secret").writeString("/mine"))))
                .isNotEqualTo(SftpStatus.OK);
        assertThat(status(
                        client.ask(client.path(SftpMessageNumber.RENAME, "/d/f").writeString("/up/out"))))
                .isNotEqualTo(SftpStatus.OK);
        assertThat(folder.resolve("out")).doesNotExist();
        assertThat(folder.resolve("root/mine")).doesNotExist();
        assertThat(folder.resolve("root/d/f")).exists();
    }

    @Test
    void aHardLinkIsAnotherNameForAFile() throws Exception {
        Conversation client = client();

        assertThat(status(client.ask(client.path(SftpMessageNumber.EXTENDED, "hardlink@openssh.com")
                        .writeString("/d/f")
                        .writeString("/other"))))
                .isEqualTo(SftpStatus.OK);

        assertThat(client.download("/other")).isEqualTo("content");
    }

    @Test
    void lstatIsAboutTheLinkAndStatAboutItsTarget() throws Exception {
        Conversation client = client();
        Files.createSymbolicLink(folder.resolve("root/link"), Path.of("d"));

        assertThat(attributes(client.ask(client.path(SftpMessageNumber.LSTAT, "/link")))
                        .type())
                .isEqualTo(SftpFileType.SYMLINK);
        assertThat(attributes(client.ask(client.path(SftpMessageNumber.STAT, "/link")))
                        .type())
                .isEqualTo(SftpFileType.DIRECTORY);
    }

    @Test
    void readlinkOfWhatIsNoLinkFails() throws Exception {
        Conversation client = client();

        assertThat(status(client.ask(client.path(SftpMessageNumber.READLINK, "/d/f"))))
                .isEqualTo(SftpStatus.FAILURE);
    }
}
