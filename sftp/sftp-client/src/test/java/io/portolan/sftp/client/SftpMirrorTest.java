package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.mirror.MirrorComparison;
import io.portolan.mirror.MirrorOptions;
import io.portolan.mirror.MirrorResult;
import io.portolan.sftp.client.testing.ServerFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
