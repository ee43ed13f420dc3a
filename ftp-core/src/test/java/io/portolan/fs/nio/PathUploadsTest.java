package io.portolan.fs.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portolan.fs.AppendSupport;
import io.portolan.fs.PartialUploads;
import io.portolan.fs.QuotaExceededException;
import io.portolan.fs.ResumableUploads;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What uploads leave on the disk. */
class PathUploadsTest {

    @TempDir
    Path root;

    private static VirtualPath path(String text) {
        return VirtualPath.of(text);
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> names = Files.list(directory)) {
            return names.map(name -> name.getFileName().toString()).sorted().toList();
        }
    }

    private static void breakUpload(PathFileSystem fs, String name, int count) throws IOException {
        try (WritableFile file = fs.openWrite(path(name), WriteMode.REPLACE)) {
            file.write(bytes(count));
        }
    }

    @Test
    void aDroppedUploadLeavesNothing() throws IOException {
        Files.writeString(root.resolve("old"), "old");
        try (PathFileSystem fs =
                PathFileSystem.builder(root).partialUploads(PartialUploads.DROP).build()) {
            breakUpload(fs, "/old", 10);
            breakUpload(fs, "/new", 10);
            try (WritableFile file =
                    fs.capability(AppendSupport.class).orElseThrow().openAppend(path("/old"))) {
                file.write(bytes(3));
            }
        }
        assertThat(names(root)).containsExactly("old");
        assertThat(Files.readString(root.resolve("old"))).isEqualTo("old");
    }

    @Test
    void aDroppedAppendLeavesWhatAnotherSessionHasAppendedMeanwhile() throws IOException {
        Files.writeString(root.resolve("log"), "old");
        try (PathFileSystem fs =
                PathFileSystem.builder(root).partialUploads(PartialUploads.DROP).build()) {
            AppendSupport append = fs.capability(AppendSupport.class).orElseThrow();
            try (WritableFile broken = append.openAppend(path("/log"));
                    WritableFile other = append.openAppend(path("/log"))) {
                broken.write(ByteBuffer.wrap(new byte[] {'1'}));
                other.write(ByteBuffer.wrap(new byte[] {'2'}));
                other.commit();
            }
        }
        assertThat(Files.readString(root.resolve("log"))).isEqualTo("old12");
    }

    @Test
    void aKeptUploadLeavesOneHiddenFileHoweverOftenItBreaks() throws IOException {
        try (PathFileSystem fs = PathFileSystem.of(root)) {
            for (int i = 1; i < 5; i++) {
                breakUpload(fs, "/file", i);
            }
            assertThat(names(root)).containsExactly(HiddenNames.kept("file"));
            breakUpload(fs, "/file", 0);
            assertThat(fs.capability(ResumableUploads.class).orElseThrow().keptSize(path("/file")))
                    .hasValue(4);
        }
    }

    @Test
    void whatCrashedUploadsLeftGoesWithTheirDirectoryOnceItIsOld() throws IOException {
        Path directory = Files.createDirectory(root.resolve("d"));
        Path left = Files.createFile(directory.resolve(HiddenNames.temporary()));
        try (PathFileSystem fs = PathFileSystem.of(root)) {
            assertThatThrownBy(() -> fs.deleteDirectory(path("/d"))).isInstanceOf(DirectoryNotEmptyException.class);
            Files.setLastModifiedTime(
                    left, FileTime.from(Clock.systemUTC().instant().minus(Parts.STALE_AFTER.multipliedBy(2))));
            fs.deleteDirectory(path("/d"));
        }
        assertThat(directory).doesNotExist();
    }

    private static void makeOlderThan(Duration age, Path... files) throws IOException {
        for (Path file : files) {
            Files.setLastModifiedTime(
                    file, FileTime.from(Clock.systemUTC().instant().minus(age).minusSeconds(60)));
        }
    }

    @Test
    void partsThatAreTooOldAreDeletedWhenTheirDirectoryIsWrittenTo() throws IOException {
        Path broken = Files.createFile(root.resolve(HiddenNames.kept("broken")));
        Path crashed = Files.createFile(root.resolve(HiddenNames.temporary()));
        Path young = Files.createFile(root.resolve(HiddenNames.kept("young")));
        Path other = Files.createFile(root.resolve(".other"));
        makeOlderThan(Duration.ofDays(2), broken, crashed, other);
        makeOlderThan(Duration.ofHours(12), young);
        try (PathFileSystem fs =
                PathFileSystem.builder(root).keptFor(Duration.ofDays(1)).build()) {
            breakUpload(fs, "/file", 1);
            assertThat(root).isDirectoryNotContaining(file -> file.equals(broken) || file.equals(crashed));
            assertThat(young).exists();
            assertThat(other).exists();

            Path soonAfter = Files.createFile(root.resolve(HiddenNames.kept("soon after")));
            makeOlderThan(Duration.ofDays(2), soonAfter);
            breakUpload(fs, "/file", 1);
            assertThat(soonAfter).as("seen in an hour, not by each upload").exists();
        }
    }

    @Test
    void noMorePartsAreDeletedThanAnUploadCanWaitFor() throws IOException {
        for (int i = 0; i < Sweeper.MAX_DELETED + 5; i++) {
            makeOlderThan(Sweeper.DEFAULT_AGE, Files.createFile(root.resolve(HiddenNames.kept("file" + i))));
        }
        try (PathFileSystem fs = PathFileSystem.of(root)) {
            try (WritableFile file = fs.openWrite(path("/new"), WriteMode.REPLACE)) {
                file.commit();
            }
        }
        assertThat(names(root)).hasSize(5 + 1);
    }

    @Test
    void partsAreKeptForAnHourAtLeast() {
        PathFileSystem.Builder builder = PathFileSystem.builder(root);
        assertThatThrownBy(() -> builder.keptFor(Duration.ofMinutes(59)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keptFor");
        assertThatThrownBy(() -> builder.keptFor(Duration.ofDays(4000))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDirectoryWithARunningUploadIsNotDeleted() throws IOException {
        try (PathFileSystem fs = PathFileSystem.of(root)) {
            fs.createDirectory(path("/d"));
            try (WritableFile file = fs.openWrite(path("/d/file"), WriteMode.REPLACE)) {
                file.write(bytes(3));
                assertThatThrownBy(() -> fs.deleteDirectory(path("/d"))).isInstanceOf(DirectoryNotEmptyException.class);
                file.commit();
            }
        }
        assertThat(root.resolve("d/file")).hasSize(3);
    }

    @Test
    void newFilesGetThePermissionsThatAreSet() throws IOException {
        assumeTrue(Files.getFileStore(root).supportsFileAttributeView("posix"), "no permissions here");
        try (PathFileSystem fs = PathFileSystem.builder(root)
                .filePermissions(PosixFilePermissions.fromString("rw-------"))
                .directoryPermissions(PosixFilePermissions.fromString("rwx------"))
                .build()) {
            fs.createDirectory(path("/d"));
            try (WritableFile file = fs.openWrite(path("/d/f"), WriteMode.CREATE_NEW)) {
                file.commit();
            }
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("d"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("d/f"))))
                .isEqualTo("rw-------");
    }

    @Test
    void noDescriptorIsLeftOpen() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "no /proc here");
        PathFileSystem fs = PathFileSystem.builder(root).cachedDirectories(3).build();
        for (int i = 0; i < 300; i++) {
            fs.createDirectory(path("/d" + i));
            breakUpload(fs, "/d" + i + "/file", 1);
            assertThatThrownBy(() -> fs.openRead(path("/d0/none"), 0)).isInstanceOf(IOException.class);
            try (var listing = fs.list(path("/d" + i))) {
                listing.next(1);
            }
        }
        fs.close();
        String name = root.toRealPath().toString();
        try (Stream<Path> open = Files.list(descriptors)) {
            assertThat(open.map(PathUploadsTest::target).filter(target -> target.startsWith(name)))
                    .isEmpty();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    @Test
    void aFullDiskLeavesTheOldFileAndNothingElse() throws Exception {
        Path small = Files.createDirectory(root.resolve("small"));
        int mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=256k", "none", small.toString())
                .start()
                .waitFor();
        assumeTrue(mounted == 0, "cannot mount a small volume: needs root");
        try (PathFileSystem fs = PathFileSystem.builder(small)
                .partialUploads(PartialUploads.DROP)
                .build()) {
            Files.writeString(small.resolve("file"), "old");
            assertThatThrownBy(() -> {
                        try (WritableFile file = fs.openWrite(path("/file"), WriteMode.REPLACE)) {
                            for (int i = 0; i < 100; i++) {
                                file.write(bytes(8192));
                            }
                        }
                    })
                    .isInstanceOf(QuotaExceededException.class);
            assertThat(names(small)).containsExactly("file");
            assertThat(Files.readString(small.resolve("file"))).isEqualTo("old");
        } finally {
            new ProcessBuilder("umount", small.toString()).start().waitFor();
        }
    }

    @Test
    void directoriesAreMadeOnAnotherMountToo() throws Exception {
        Path mount = Files.createDirectory(root.resolve("mount"));
        int mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=256k", "none", mount.toString())
                .start()
                .waitFor();
        assumeTrue(mounted == 0, "cannot mount a volume: needs root");
        try (PathFileSystem fs = PathFileSystem.of(root)) {
            fs.createDirectory(path("/mount/made"));
            assertThat(mount.resolve("made")).isDirectory();
            assertThat(names(mount)).containsExactly("made");
            assertThat(names(root)).containsExactly("mount");
        } finally {
            new ProcessBuilder("umount", mount.toString()).start().waitFor();
        }
    }
}
