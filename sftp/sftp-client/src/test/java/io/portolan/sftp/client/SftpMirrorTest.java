package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.mirror.MirrorComparison;
import io.portolan.mirror.MirrorLinks;
import io.portolan.mirror.MirrorOptions;
import io.portolan.mirror.MirrorResult;
import io.portolan.sftp.client.testing.ServerFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Directories made like others, over SSH. */
class SftpMirrorTest {

    private static final int FILES = 200;
    private static final Instant TIME = Instant.parse("2021-02-03T04:05:06Z");

    @TempDir
    Path folder;

    private Path there;
    private Path here;
    private ServerFixture server;
    private SftpClient client;

    @BeforeEach
    void start() throws Exception {
        there = Files.createDirectories(folder.resolve("there"));
        here = Files.createDirectories(folder.resolve("here"));
        PathFileSystem files = PathFileSystem.of(there);
        server = ServerFixture.with(settings ->
                settings.user(ServerFixture.USER, ServerFixture.PASSWORD).files(files));
        client = server.client().build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static void fill(Path root) throws Exception {
        for (int i = 0; i < FILES; i++) {
            Path file = root.resolve("folder" + i % 7).resolve("deeper" + i % 3).resolve("file" + i);
            Files.createDirectories(file.getParent());
            Files.write(file, SessionCase.content(i * 100));
            Files.setLastModifiedTime(file, FileTime.from(TIME));
        }
    }

    private static void isFilled(Path root) throws Exception {
        for (int i = 0; i < FILES; i++) {
            Path file = root.resolve("folder" + i % 7).resolve("deeper" + i % 3).resolve("file" + i);
            assertThat(file).hasBinaryContent(SessionCase.content(i * 100));
            assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(TIME);
        }
    }

    @Test
    void copiesWhatIsThereAndOnlyOnce() throws Exception {
        fill(there.resolve("data"));
        SftpMirror mirror = SftpMirror.between(client, "/data", here);
        assertThat(mirror.planDownload().actions()).isNotEmpty();
        MirrorResult first = mirror.download();
        assertThat(first.failures()).isEmpty();
        assertThat(first.copied()).isEqualTo(FILES);
        isFilled(here);
        assertThat(mirror.download().copied()).isZero();
    }

    @Test
    void copiesWhatIsHereAndOnlyOnce() throws Exception {
        fill(here);
        Files.createDirectory(there.resolve("data"));
        SftpMirror mirror = SftpMirror.between(client, "data", here);
        MirrorResult first = mirror.upload();
        assertThat(first.failures()).isEmpty();
        assertThat(first.copied()).isEqualTo(FILES);
        isFilled(there.resolve("data"));
        assertThat(mirror.upload().copied()).isZero();
    }

    @Test
    void deletesWhatIsExtraAndComparesByHash() throws Exception {
        Files.writeString(here.resolve("same"), "same");
        Files.writeString(here.resolve("other"), "here!");
        Files.writeString(there.resolve("same"), "same");
        Files.writeString(there.resolve("other"), "there");
        Files.createDirectories(there.resolve("extra/deeper"));
        Files.writeString(there.resolve("extra/deeper/file"), "extra");
        MirrorResult result = SftpMirror.between(client, "/", here)
                .withOptions(MirrorOptions.builder()
                        .comparison(MirrorComparison.HASH)
                        .deleteExtra(true)
                        .build())
                .upload();
        assertThat(result.failures()).isEmpty();
        assertThat(result.copied()).isEqualTo(1);
        assertThat(there.resolve("extra")).doesNotExist();
        assertThat(there.resolve("other")).hasContent("here!");
    }

    private void fillWithLinks(Path root) throws Exception {
        Path data = Files.createDirectories(root.resolve("data/folder"));
        Path file = Files.writeString(data.resolve("file"), "content");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        Files.createSymbolicLink(data.resolve("link"), Path.of("file"));
        Files.createSymbolicLink(data.resolveSibling("way"), Path.of("folder"));
        Files.createSymbolicLink(data.resolve("loop"), Path.of("../folder"));
        Files.createSymbolicLink(data.resolve("dangling"), Path.of("missing"));
    }

    private static MirrorOptions with(MirrorLinks links) {
        return MirrorOptions.builder().links(links).keepPermissions(true).build();
    }

    @ParameterizedTest
    @EnumSource
    void doesWithLinksWhatIsWantedBothWays(MirrorLinks links) throws Exception {
        fillWithLinks(there);
        MirrorResult down = SftpMirror.between(client, "/data", here)
                .withOptions(with(links))
                .download();
        assertThat(down.failures()).isEmpty();
        isMirrored(here, links);

        Path source = Files.createDirectories(folder.resolve("source"));
        fillWithLinks(source);
        Files.createDirectory(there.resolve("copy"));
        MirrorResult up = SftpMirror.between(client, "/copy", source.resolve("data"))
                .withOptions(with(links))
                .upload();
        assertThat(up.failures()).isEmpty();
        assertThat(up).hasToString(down.toString());
        isMirrored(there.resolve("copy"), links);
    }

    private static void isMirrored(Path root, MirrorLinks links) throws Exception {
        Path inside = root.resolve("folder");
        assertThat(inside.resolve("file")).hasContent("content");
        assertThat(Files.getPosixFilePermissions(inside.resolve("file")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
        switch (links) {
            case SKIP -> {
                assertThat(inside).isDirectoryNotContaining("glob:**/{link,loop,dangling}");
                assertThat(root.resolve("way")).doesNotExist();
            }
            case FOLLOW -> {
                assertThat(inside.resolve("link")).isRegularFile().hasContent("content");
                assertThat(inside.resolve("link"))
                        .satisfies(
                                file -> assertThat(Files.isSymbolicLink(file)).isFalse());
                assertThat(Files.isSymbolicLink(root.resolve("way"))).isFalse();
                assertThat(root.resolve("way/file")).hasContent("content");
                assertThat(inside).isDirectoryNotContaining("glob:**/{loop,dangling}");
            }
            case KEEP -> {
                assertThat(Files.readSymbolicLink(inside.resolve("link"))).hasToString("file");
                assertThat(Files.readSymbolicLink(inside.resolve("loop"))).hasToString("../folder");
                assertThat(Files.readSymbolicLink(inside.resolve("dangling"))).hasToString("missing");
                assertThat(Files.readSymbolicLink(root.resolve("way"))).hasToString("folder");
            }
        }
    }
}
