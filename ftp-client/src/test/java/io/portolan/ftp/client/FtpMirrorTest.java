package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.guard.RateLimit;
import io.portolan.mirror.MirrorComparison;
import io.portolan.mirror.MirrorOptions;
import io.portolan.mirror.MirrorPlan;
import io.portolan.mirror.MirrorResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mirrors between a folder and a server of our own. */
class FtpMirrorTest extends ClientTest {

    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    private FtpMirror mirror() {
        return FtpMirror.between(client, "/pub", folder.resolve("here"));
    }

    private void remote(String path, String content) throws IOException {
        String directory = path.substring(0, path.lastIndexOf('/'));
        for (int slash = directory.indexOf('/', 1); ; slash = directory.indexOf('/', slash + 1)) {
            String above = slash < 0 ? directory : directory.substring(0, slash);
            if (!above.isEmpty() && !server.exists(above)) {
                server.directory(above);
            }
            if (slash < 0) {
                break;
            }
        }
        server.write(path, content);
        server.files()
                .capability(AttributeChanges.class)
                .orElseThrow()
                .change(VirtualPath.of(path), AttributeChange.nothing().withModified(THEN), LinkHandling.FOLLOW);
    }

    private Path local(String path, String content) throws IOException {
        Path file = folder.resolve("here").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(THEN));
        return file;
    }

    private List<String> here() throws IOException {
        Path root = folder.resolve("here");
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aDirectoryOfTheServerIsCopiedHereAndTheSecondTimeNothingIs() throws Exception {
        remote("/pub/a", "1");
        remote("/pub/b c/d", "22");
        remote("/pub/b c/\u00fc/e", "");
        remote("/elsewhere", "x");
        MirrorResult first = mirror().download();
        assertThat(first.copied()).isEqualTo(3);
        assertThat(first.octets()).isEqualTo(3);
        assertThat(first.failures()).isEmpty();
        assertThat(here()).containsExactly("a", "b c/d", "b c/\u00fc/e");
        assertThat(folder.resolve("here/b c/d")).hasContent("22");
        assertThat(Files.getLastModifiedTime(folder.resolve("here/a")).toInstant())
                .isEqualTo(THEN);
        MirrorResult second = mirror().download();
        assertThat(second.copied()).isZero();
        assertThat(second.unchanged()).isEqualTo(3);
    }

    @Test
    void aFolderIsCopiedToTheServerAndTheSecondTimeNothingIs() throws Exception {
        local("a", "1");
        local("b/c d/e", "333");
        MirrorResult first = mirror().upload();
        assertThat(first.failures()).isEmpty();
        assertThat(first.copied()).isEqualTo(2);
        assertThat(server.text("/pub/b/c d/e")).isEqualTo("333");
        assertThat(server.files()
                        .stat(VirtualPath.of("/pub/a"), LinkHandling.FOLLOW)
                        .modified())
                .isEqualTo(THEN);
        assertThat(mirror().upload().unchanged()).isEqualTo(2);
    }

    @Test
    void whatIsExtraIsDeletedOnBothSides() throws Exception {
        MirrorOptions options = MirrorOptions.builder().deleteExtra(true).build();
        remote("/pub/a", "1");
        local("x", "");
        local("y/z", "");
        MirrorResult result = mirror().withOptions(options).download();
        assertThat(result.deleted()).isEqualTo(2);
        assertThat(here()).containsExactly("a");

        remote("/pub/v/w/x", "");
        remote("/pub/u", "");
        assertThat(mirror().withOptions(options).upload().deleted()).isEqualTo(2);
        assertThat(server.exists("/pub/v")).isFalse();
        assertThat(server.exists("/pub/u")).isFalse();
        assertThat(server.exists("/pub/a")).isTrue();
    }

    @Test
    void aPlanChangesNothing() throws Exception {
        remote("/pub/a", "1");
        remote("/pub/d/b", "1");
        local("x", "");
        MirrorOptions options = MirrorOptions.builder().deleteExtra(true).build();
        MirrorPlan plan = mirror().withOptions(options).planDownload();
        assertThat(plan.actions())
                .extracting(action -> action.kind() + " " + action.path())
                .containsExactlyInAnyOrder("COPY /a", "MAKE_DIRECTORY /d", "COPY /d/b", "DELETE /x");
        assertThat(here()).containsExactly("x");
        plan = mirror().withOptions(options).planUpload();
        assertThat(plan.counts().copied()).isEqualTo(1);
        assertThat(server.exists("/pub/x")).isFalse();
    }

    @Test
    void checksumsOfTheServerTellFilesApart() throws Exception {
        remote("/pub/a", "new");
        remote("/pub/b", "same");
        local("a", "old");
        local("b", "same");
        MirrorOptions options =
                MirrorOptions.builder().comparison(MirrorComparison.HASH).build();
        MirrorResult result = mirror().withOptions(options).download();
        assertThat(result.copied()).isEqualTo(1);
        assertThat(result.unchanged()).isEqualTo(1);
        assertThat(folder.resolve("here/a")).hasContent("new");
    }

    @Test
    void hundredsOfFilesGoOverSeveralConnections() throws Exception {
        for (int i = 0; i < 300; i++) {
            remote("/pub/d" + i % 10 + "/" + i, "content " + i);
        }
        MirrorOptions options = MirrorOptions.builder().parallel(4).build();
        assertThat(mirror().withOptions(options).download().copied()).isEqualTo(300);
        assertThat(here()).hasSize(300);
        for (int i = 0; i < 300; i++) {
            assertThat(folder.resolve("here/d" + i % 10 + "/" + i)).hasContent("content " + i);
        }
        FtpMirror back =
                FtpMirror.between(client, "copy", folder.resolve("here")).withOptions(options);
        assertThat(back.upload().copied()).isEqualTo(300);
        assertThat(server.text("/copy/d7/297")).isEqualTo("content 297");
    }

    @Test
    void anyFileSystemIsMirrored() throws Exception {
        remote("/pub/a", "1");
        try (VirtualFileSystem memory = InMemoryFileSystem.create()) {
            FtpMirror mirror = FtpMirror.between(client, "/pub", memory);
            assertThat(mirror.download().copied()).isEqualTo(1);
            assertThat(memory.stat(VirtualPath.of("/a"), LinkHandling.FOLLOW).size())
                    .isEqualTo(1);
            assertThat(mirror.download().unchanged()).isEqualTo(1);
        }
    }

    @Test
    void aDirectoryThatIsNotThereFails() {
        assertThatThrownBy(() -> FtpMirror.between(client, "/none", folder).download())
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aServerThatCannotBeReachedFails() throws Exception {
        server.close();
        assertThatThrownBy(() -> mirror().download()).isInstanceOf(FtpConnectionException.class);
    }

    @Test
    void anInterruptEndsItAndItsThreads() throws Exception {
        for (int i = 0; i < 2000; i++) {
            local("f" + i, "content");
        }
        FutureTask<MirrorResult> upload = new FutureTask<>(() -> mirror().upload());
        Thread caller = new Thread(upload, "caller");
        caller.start();
        Awaitility.await().until(() -> server.exists("/pub/f0") || upload.isDone());
        caller.interrupt();
        try {
            upload.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(InterruptedIOException.class);
        }
        caller.join(60_000);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("portolan-mirror-"));
    }

    @Test
    void onAThreadOfItsOwnItIsToldOfAtTheEndAndCanBeCancelled() throws Exception {
        local("a", "1");
        assertThat(mirror().startUpload().get(60, TimeUnit.SECONDS).copied()).isEqualTo(1);
        assertThat(mirror().startDownload().get(60, TimeUnit.SECONDS).unchanged())
                .isEqualTo(1);
        server.write("/pub/big", "x".repeat(1_000_000));
        RateLimit slow = RateLimit.bytesPerSecond(100_000);
        try (FtpClient limited = another(builder -> builder.rateLimit(slow))) {
            CompletableFuture<MirrorResult> download =
                    FtpMirror.between(limited, "/pub", folder.resolve("here")).startDownload();
            Awaitility.await().until(FtpMirrorTest::isMirroring);
            download.cancel(false);
            Awaitility.await().until(() -> !isMirroring());
        }
        assertThat(here()).containsExactly("a");
    }

    private static boolean isMirroring() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("portolan-mirror"));
    }
}
