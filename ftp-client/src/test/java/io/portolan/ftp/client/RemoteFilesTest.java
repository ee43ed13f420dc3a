package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.server.testing.ServerFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteFilesTest extends ClientTest {

    @TempDir
    Path root;

    private BlockingFtpSession session;

    @Override
    ServerFixture startServer() throws IOException {
        return ServerFixture.onDisk(root);
    }

    @BeforeEach
    void connect() throws IOException {
        session = client.connectBlocking();
    }

    @Test
    void directoriesAreMadeWithThoseAboveAndDeletedWithThoseBelow() throws Exception {
        session.createDirectories("/a/b/c");
        session.createDirectories("/a/b/c");
        session.createDirectories("a/b");
        for (int i = 0; i < 100; i++) {
            Files.writeString(root.resolve("a/b/file " + i), "x");
        }
        Files.writeString(root.resolve("a/b/c/.hidden"), "x");
        Files.createDirectories(root.resolve("a/b/d/e/f"));
        session.deleteRecursively("/a");
        assertThat(root).isEmptyDirectory();
        assertThatThrownBy(() -> session.deleteRecursively("/a")).isInstanceOf(FtpReplyException.class);
        assertThatThrownBy(() -> session.createDirectories("/a/../../../x\nDELE y"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whereAFileIsNoDirectoryIsMade() throws Exception {
        Files.writeString(root.resolve("file"), "x");
        assertThatThrownBy(() -> session.createDirectories("/file")).isInstanceOf(FtpReplyException.class);
        assertThatThrownBy(() -> session.createDirectories("/file/below")).isInstanceOf(FtpReplyException.class);
    }

    @Test
    void filesAreRenamedAndDeleted() throws Exception {
        Files.writeString(root.resolve("from"), "content");
        session.createDirectory("/folder");
        session.rename("/from", "/folder/to");
        assertThat(root.resolve("folder/to")).hasContent("content");
        session.delete("/folder/to");
        session.deleteDirectory("/folder");
        assertThat(root).isEmptyDirectory();
        assertThatThrownBy(() -> session.rename("/none", "/nowhere"))
                .isInstanceOfSatisfying(
                        FtpReplyException.class,
                        refused -> assertThat(refused.command()).isEqualTo("RNFR /none"));
    }

    @Test
    void aFileIsTheSameByEveryWayToAskForIt() throws Exception {
        Files.writeString(root.resolve("file"), "12345");
        Instant time = Instant.parse("2024-02-29T12:34:56Z");
        session.setModified("/file", time);
        session.setPermissions("/file", 0640);
        RemoteEntry entry = session.stat("/file").orElseThrow();
        assertThat(entry.name()).isEqualTo("file");
        assertThat(entry.isFile()).isTrue();
        assertThat(entry.size()).hasValue(5);
        assertThat(entry.modified()).hasValue(time);
        assertThat(entry.permissionBits()).hasValue(0640);
        assertThat(session.list("/")).singleElement().satisfies(listed -> {
            assertThat(listed.name()).isEqualTo("file");
            assertThat(listed.modified()).hasValue(time);
        });
        assertThat(session.stat("/none")).isEmpty();
        assertThat(session.stat("/").orElseThrow().isDirectory()).isTrue();
    }

    @Test
    void theServerTellsHashes() throws Exception {
        Files.writeString(root.resolve("a file"), "abc");
        assertThat(session.checksum("/a file", ChecksumAlgorithm.SHA256).value())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(session.checksum("/a file", ChecksumAlgorithm.MD5).value())
                .isEqualTo("900150983cd24fb0d6963f7d28e17f72");
        assertThat(session.checksum("/a file", ChecksumAlgorithm.SHA256).value())
                .startsWith("ba78");
        assertThat(session.checksum("/a file", ChecksumAlgorithm.CRC32).value()).isEqualTo("352441c2");
    }

    @Test
    void theWorkingDirectoryIsWhereOneHasGone() throws Exception {
        session.createDirectory("a \"quoted\" name");
        session.changeDirectory("a \"quoted\" name");
        assertThat(session.workingDirectory()).isEqualTo("/a \"quoted\" name");
        assertThat(session.site("HELP").code()).isBetween(200, 599);
    }
}
