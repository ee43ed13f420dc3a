package io.portolan.sftp.server.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH's client against the engine, over a child process's standard streams: without SSH between them. */
class OpenSshSftpTest {

    @TempDir
    Path folder;

    private Path root() throws IOException {
        return Files.createDirectories(folder.resolve("root"));
    }

    private Path local() throws IOException {
        return Files.createDirectories(folder.resolve("local"));
    }

    private Peer.Outcome sftp(String store, String... commands) throws Exception {
        Path server = folder.resolve("server");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(
                server,
                "#!/bin/sh\nexec " + java + " -cp '" + System.getProperty("java.class.path")
                        + "' io.portolan.sftp.server.internal.testing.StandardStreams " + store + "\n");
        Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwx------"));
        Path batch = Files.write(folder.resolve("batch"), List.of(commands));
        return Peer.find("sftp", local()).run("-b", batch.toString(), "-D", server.toString());
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (i * 31 + (i >> 8));
        }
        return content;
    }

    @Test
    void filesAndTreesGoBothWays() throws Exception {
        Files.write(root().resolve("large"), content(5_000_000));
        Files.createDirectories(root().resolve("tree/sub"));
        for (int i = 0; i < 50; i++) {
            Files.write(root().resolve("tree/sub/f" + i), content(i * 100));
        }

        sftp(
                        root().toString(),
                        "get /large",
                        "put large /copy",
                        "get -r /tree",
                        "put -r tree /tree2",
                        "rm /large",
                        "mkdir /d",
                        "rename /copy /d/moved")
                .succeeded();

        assertThat(local().resolve("large")).hasBinaryContent(content(5_000_000));
        assertThat(root().resolve("d/moved")).hasBinaryContent(content(5_000_000));
        assertThat(root().resolve("large")).doesNotExist();
        for (int i = 0; i < 50; i++) {
            assertThat(local().resolve("tree/sub/f" + i)).hasBinaryContent(content(i * 100));
            assertThat(root().resolve("tree2/sub/f" + i)).hasBinaryContent(content(i * 100));
        }
    }

    @Test
    void aBrokenTransferGoesOnWhereItWas() throws Exception {
        Files.write(root().resolve("f"), content(3_000_000));
        Files.write(local().resolve("f"), content(1_000_000));
        Files.write(local().resolve("g"), content(3_000_000));
        Files.write(root().resolve("g"), content(1_000_000));

        sftp(root().toString(), "reget /f", "reput g /g").succeeded();

        assertThat(local().resolve("f")).hasBinaryContent(content(3_000_000));
        assertThat(root().resolve("g")).hasBinaryContent(content(3_000_000));
    }

    @Test
    void timesAndPermissionsAreKept() throws Exception {
        Path file = Files.writeString(local().resolve("f"), "content");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_000_000_000)));

        sftp(root().toString(), "put -p f /f", "chmod 600 /f").succeeded();

        assertThat(Files.getLastModifiedTime(root().resolve("f")).toInstant())
                .isEqualTo(Instant.ofEpochSecond(1_000_000_000));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root().resolve("f"))))
                .isEqualTo("rw-------");
    }

    @Test
    void linksAndSpaceAreShown() throws Exception {
        Files.writeString(root().resolve("f"), "content");

        Peer.Outcome outcome = sftp(root().toString(), "ln -s f /soft", "ln f /hard", "ls -l /", "df /")
                .succeeded();

        assertThat(outcome.output()).contains("soft").contains("hard").contains("%Capacity");
        assertThat(Files.readSymbolicLink(root().resolve("soft"))).hasToString("f");
    }

    @Test
    void aStoreThatGoesForwardOnlyServesTransfers() throws Exception {
        Files.write(local().resolve("f"), content(3_000_000));

        sftp("forward:" + root(), "put f /f", "get /f g").succeeded();

        assertThat(local().resolve("g")).hasBinaryContent(content(3_000_000));
    }

    @Test
    void aStoreInMemoryServesTransfers() throws Exception {
        Files.write(local().resolve("f"), content(3_000_000));

        sftp("memory", "mkdir /d", "put f /d/f", "rename /d/f /d/g", "get /d/g g", "ls -l /d")
                .succeeded();

        assertThat(local().resolve("g")).hasBinaryContent(content(3_000_000));
    }

    @Test
    void aReadOnlyStoreRefusesUploads() throws Exception {
        Files.writeString(root().resolve("f"), "content");
        Files.writeString(local().resolve("g"), "content");

        assertThat(sftp("readonly:" + root(), "get /f", "put g /g").failed().output())
                .containsIgnoringCase("permission denied");

        assertThat(local().resolve("f")).hasContent("content");
        assertThat(root().resolve("g")).doesNotExist();
    }
}
