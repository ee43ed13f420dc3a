package io.portolan.fs.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.portolan.fs.AppendSupport;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.FileType;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.Links;
import io.portolan.fs.NotAFileException;
import io.portolan.fs.PositionalFiles;
import io.portolan.fs.RenameMode;
import io.portolan.fs.ServerSideCopy;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attacks on the root of a {@link PathFileSystem} that stand still; {@link ConfinementRaceTest} has those that move. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConfinementTest {

    @TempDir
    Path top;

    private Path root;
    private Path outside;
    private PathFileSystem fs;

    @BeforeEach
    void build() throws IOException {
        root = Files.createDirectory(top.resolve("root"));
        outside = Files.createDirectory(top.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createDirectory(outside.resolve("dir"));
        Files.createDirectory(root.resolve("dir"));
        Files.writeString(root.resolve("dir/file"), "inside");
        fs = PathFileSystem.of(root);
    }

    @AfterEach
    void nothingOutsideHasChanged() throws IOException {
        fs.close();
        assertThat(Files.readString(outside.resolve("secret"))).isEqualTo("secret");
        try (var names = Files.list(outside)) {
            assertThat(names.map(name -> name.getFileName().toString()).sorted())
                    .containsExactly("dir", "secret");
        }
        try (var names = Files.list(outside.resolve("dir"))) {
            assertThat(names).isEmpty();
        }
        try (var names = Files.list(top)) {
            assertThat(names.map(name -> name.getFileName().toString()).sorted())
                    .containsExactly("outside", "root");
        }
    }

    private static VirtualPath path(String text) {
        return VirtualPath.of(text);
    }

    private String read(String path) throws IOException {
        try (var file = fs.openRead(path(path), 0)) {
            ByteBuffer buffer = ByteBuffer.allocate(100);
            int count = file.read(buffer);
            return new String(buffer.array(), 0, Math.max(count, 0), StandardCharsets.UTF_8);
        }
    }

    private void write(String path) throws IOException {
        try (WritableFile file = fs.openWrite(path(path), WriteMode.REPLACE)) {
            file.write(ByteBuffer.wrap(new byte[] {'x'}));
            file.commit();
        }
    }

    /** Everything that a peer can do with a path that leads out. */
    private void assertRefused(String below) {
        String file = below + "/secret";
        List<ThrowingCallable> attempts = List.of(
                () -> fs.stat(path(file), LinkHandling.FOLLOW),
                () -> fs.stat(path(file), LinkHandling.NO_FOLLOW),
                () -> fs.list(path(below)),
                () -> fs.list(path(below + "/dir")),
                () -> read(file),
                () -> write(file),
                () -> write(below + "/new"),
                () -> fs.createDirectory(path(below + "/made")),
                () -> fs.delete(path(file)),
                () -> fs.deleteDirectory(path(below + "/dir")),
                () -> fs.rename(path(file), path("/taken"), RenameMode.REPLACE),
                () -> fs.rename(path("/dir/file"), path(file), RenameMode.REPLACE),
                () -> fs.rename(path("/dir/file"), path(below + "/new"), RenameMode.FAIL_IF_EXISTS),
                () -> fs.capability(AppendSupport.class).orElseThrow().openAppend(path(file)),
                () -> fs.capability(PositionalFiles.class)
                        .orElseThrow()
                        .openPositional(path(file), Set.of(PositionalFiles.Access.READ)),
                () -> fs.capability(ServerSideCopy.class)
                        .orElseThrow()
                        .copy(path(file), path("/taken"), RenameMode.REPLACE),
                () -> fs.capability(Links.class).orElseThrow().createHardLink(path("/taken"), path(file)),
                () -> fs.capability(AttributeChanges.class)
                        .orElseThrow()
                        .change(
                                path(file),
                                AttributeChange.nothing().withModified(Instant.EPOCH),
                                LinkHandling.FOLLOW));
        for (int i = 0; i < attempts.size(); i++) {
            assertThatThrownBy(attempts.get(i))
                    .as("attempt %d by %s", i, below)
                    .isInstanceOf(FileSystemException.class);
        }
        assertThat(root.resolve("taken")).doesNotExist();
    }

    @Test
    void dotsStayBelowTheRoot() throws IOException {
        Files.writeString(root.resolve("secret"), "mine");
        for (String up : List.of("/../secret", "../../../secret", "/dir/../../secret", "/./.././/../secret")) {
            assertThat(read(up)).isEqualTo("mine");
        }
        assertThatThrownBy(() -> read("/../outside/secret")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void linksThatLeadOutAreRefused() throws IOException {
        Files.createSymbolicLink(root.resolve("absolute"), outside);
        Files.createSymbolicLink(root.resolve("relative"), Path.of("../outside"));
        Files.createSymbolicLink(root.resolve("dir/deep"), Path.of("../../outside"));
        Files.createSymbolicLink(root.resolve("sideways"), Path.of("dir/../../outside"));
        Files.createSymbolicLink(root.resolve("chain"), Path.of("relative"));
        Files.createSymbolicLink(root.resolve("through"), root.resolve("../outside"));
        for (String link : List.of("/absolute", "/relative", "/dir/deep", "/sideways", "/chain", "/through")) {
            assertRefused(link);
        }
    }

    @Test
    void aNameLikeTheRootsIsNotTheRoot() throws IOException {
        Path twin = Files.createDirectory(outside.resolve("root-twin"));
        Files.createSymbolicLink(root.resolve("link"), Path.of(root + "-twin"));
        assertThatThrownBy(() -> fs.list(path("/link"))).isInstanceOf(AccessDeniedException.class);
        Files.delete(twin);
    }

    @Test
    void aLinkToAFileOutsideIsNeitherReadNorWrittenNorAppendedTo() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("dangling"), outside.resolve("new"));
        for (String link : List.of("/link", "/dangling")) {
            assertThatThrownBy(() -> read(link)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> write(link)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() ->
                            fs.capability(AppendSupport.class).orElseThrow().openAppend(path(link)))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void whereALinkLeadsOutsideIsNotTold() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("inner"), root.resolve("dir/file"));
        Links links = fs.capability(Links.class).orElseThrow();
        assertThatThrownBy(() -> links.readLink(path("/link"))).isInstanceOf(AccessDeniedException.class);
        assertThat(fs.stat(path("/link"), LinkHandling.NO_FOLLOW).linkTarget()).isEmpty();
        assertThat(links.readLink(path("/inner"))).isEqualTo("/dir/file");
        assertThat(read("/inner")).isEqualTo("inside");
    }

    @Test
    void aRenameReplacesALinkAndNotWhatItPointsTo() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), outside.resolve("secret"));
        fs.rename(path("/dir/file"), path("/link"), RenameMode.REPLACE);
        assertThat(Files.isRegularFile(root.resolve("link"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(read("/link")).isEqualTo("inside");
    }

    @Test
    void aLinkIsDeletedItself() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("folder"), outside.resolve("dir"));
        fs.delete(path("/link"));
        assertThatThrownBy(() -> fs.deleteDirectory(path("/folder"))).isInstanceOf(FileSystemException.class);
        fs.delete(path("/folder"));
    }

    @Test
    void linksInACircleEnd() throws IOException {
        Files.createSymbolicLink(root.resolve("a"), Path.of("b/x"));
        Files.createSymbolicLink(root.resolve("b"), Path.of("a/y"));
        Files.createSymbolicLink(root.resolve("self"), Path.of("self/self/self"));
        for (String link : List.of("/a", "/b/z", "/self/x")) {
            assertThatThrownBy(() -> fs.stat(path(link), LinkHandling.FOLLOW)).isInstanceOf(FileSystemException.class);
        }
    }

    @Test
    void asManyLinksAsLinuxFollowsAreFollowed() throws IOException {
        Files.writeString(root.resolve("l0"), "end");
        for (int i = 1; i <= Walker.MAX_LINKS + 1; i++) {
            Files.createSymbolicLink(root.resolve("l" + i), Path.of("l" + (i - 1)));
        }
        assertThat(read("/l" + Walker.MAX_LINKS)).isEqualTo("end");
        assertThatThrownBy(() -> read("/l" + (Walker.MAX_LINKS + 1))).isInstanceOf(FileSystemException.class);
    }

    @Test
    void linksCanBeRefusedAltogether() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), Path.of("dir"));
        try (PathFileSystem strict =
                PathFileSystem.builder(root).links(LinkPolicy.REFUSE).build()) {
            assertThatThrownBy(() -> strict.stat(path("/link/file"), LinkHandling.FOLLOW))
                    .isInstanceOf(AccessDeniedException.class);
            assertThat(strict.stat(path("/link"), LinkHandling.NO_FOLLOW).type())
                    .isEqualTo(FileType.SYMBOLIC_LINK);
        }
    }

    @Test
    void pipesAndDevicesAreNeverOpened() throws Exception {
        int made = new ProcessBuilder("mkfifo", root.resolve("pipe").toString())
                .start()
                .waitFor();
        assumeTrue(made == 0, "no mkfifo here");
        Files.createSymbolicLink(root.resolve("zero"), Path.of("/dev/zero"));
        for (String name : List.of("/pipe", "/zero")) {
            assertThatThrownBy(() -> read(name)).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> write(name)).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> fs.list(path(name))).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> fs.capability(AttributeChanges.class)
                            .orElseThrow()
                            .change(
                                    path(name),
                                    AttributeChange.nothing().withModified(Instant.EPOCH),
                                    LinkHandling.FOLLOW))
                    .isInstanceOf(FileSystemException.class);
        }
        assertThatThrownBy(() -> read("/pipe")).isInstanceOf(NotAFileException.class);
        assertThat(fs.stat(path("/pipe"), LinkHandling.FOLLOW).type()).isEqualTo(FileType.OTHER);
        fs.delete(path("/pipe"));
    }

    @Test
    void theKernelsOwnFileSystemsAreNotEntered() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "no /proc here");
        try (PathFileSystem everything = PathFileSystem.of(Path.of("/"))) {
            assertThatThrownBy(() -> everything.openRead(path("/proc/self/status"), 0))
                    .isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> everything.list(path("/proc"))).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> everything.list(path("/sys"))).isInstanceOf(AccessDeniedException.class);
            assertThat(everything.stat(path("/usr"), LinkHandling.FOLLOW).isDirectory())
                    .isTrue();
        }
    }

    @Test
    void hiddenFilesCannotBeNamed() throws IOException {
        String hidden = HiddenNames.kept("file");
        Files.writeString(root.resolve(hidden), "kept");
        Files.createSymbolicLink(root.resolve("link"), Path.of(hidden));
        assertThatThrownBy(() -> fs.stat(path(hidden), LinkHandling.NO_FOLLOW)).isInstanceOf(NoSuchFileException.class);
        for (String name : List.of(hidden, hidden.toUpperCase(Locale.ROOT), ".portolan-x")) {
            assertThatThrownBy(() -> read(name)).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> write(name)).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> fs.delete(path(name))).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> fs.createDirectory(path(name))).isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> fs.rename(path("/dir/file"), path(name), RenameMode.REPLACE))
                    .isInstanceOf(FileSystemException.class);
            assertThatThrownBy(() -> fs.rename(path(name), path("/x"), RenameMode.REPLACE))
                    .isInstanceOf(FileSystemException.class);
        }
        assertThatThrownBy(() -> read("/link")).isInstanceOf(FileSystemException.class);
        try (var listing = fs.list(path("/"))) {
            assertThat(listing.next(100).stream().map(DirectoryEntry::name)).containsExactlyInAnyOrder("dir", "link");
        }
        assertThat(Files.readString(root.resolve(hidden))).isEqualTo("kept");
    }

    @Test
    void aHardLinkedFileIsReplacedAndNotWrittenThrough() throws IOException {
        Files.createLink(root.resolve("hard"), outside.resolve("secret"));
        write("/hard");
        assertThat(Files.readString(root.resolve("hard"))).isEqualTo("x");
    }

    @Test
    void windowsNamesAreRefusedWhereTheyMean() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path work = windows.getPath("C:\\work");
            Files.writeString(windows.getPath("C:\\secret"), "secret");
            Files.writeString(work.resolve("file"), "file");
            PathFileSystem served = PathFileSystem.of(work);
            for (String name : List.of(
                    "..\\secret",
                    "C:\\secret",
                    "C:secret",
                    "\\secret",
                    "\\\\server\\share\\x",
                    "a\\b",
                    "NUL",
                    "nul.txt",
                    "COM1",
                    "com1.",
                    "LPT9.log",
                    "CON ",
                    "file::$DATA",
                    "file:stream",
                    "file.",
                    "file ",
                    "file. .",
                    "what?",
                    "a*b",
                    "con.tar.gz",
                    "CONIN$")) {
                VirtualPath path = VirtualPath.root().child(name);
                assertThatThrownBy(() -> served.stat(path, LinkHandling.FOLLOW))
                        .as(name)
                        .isInstanceOf(NoSuchFileException.class);
                assertThatThrownBy(() -> served.openRead(path, 0)).as(name).isInstanceOf(FileSystemException.class);
                assertThatThrownBy(() -> served.openWrite(path, WriteMode.REPLACE))
                        .as(name)
                        .isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> served.createDirectory(path))
                        .as(name)
                        .isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> served.rename(path("/file"), path, RenameMode.REPLACE))
                        .as(name)
                        .isInstanceOf(AccessDeniedException.class);
            }
            assertThat(Files.readString(work.resolve("file"))).isEqualTo("file");
        }
    }
}
