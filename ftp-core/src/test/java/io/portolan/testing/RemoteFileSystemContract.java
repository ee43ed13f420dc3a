package io.portolan.testing;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code java.nio.file} wants of a file system, shown on a server's. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class RemoteFileSystemContract {

    /** What not every server, or protocol, can do. */
    public enum Can {
        RANDOM_ACCESS,
        LINKS,
        HARD_LINKS,
        PERMISSIONS,
        PERMISSIONS_OF_NEW_FILES,
        TIMES,
        ATOMIC_MOVES,
        SPACE,
        LONG_NAMES
    }

    private static final int LARGE = 5_000_003;

    /** A server serves many tests, each in a folder of its own. */
    private static final AtomicInteger FOLDERS = new AtomicInteger();

    @TempDir
    protected Path local;

    private FileSystem fileSystem;
    private Path folder;

    /** A file system of one who may do everything, to be closed by the test. */
    protected abstract FileSystem open() throws Exception;

    /** What it can. */
    protected abstract Set<Can> can();

    /** Names of files that it takes and lists. */
    protected List<String> names() {
        return List.of("a", "b b", "ü", "-rf", ".hidden", "#", "100%", "a\\b", "c:d", "'q\"");
    }

    /** Where the user can write. */
    protected String base() {
        return "";
    }

    protected final FileSystem fileSystem() {
        return fileSystem;
    }

    /** An empty directory of the test's own. */
    protected final Path folder() {
        return folder;
    }

    @BeforeEach
    final void begin() throws Exception {
        fileSystem = open();
        folder = Files.createDirectory(
                fileSystem.getPath(base()).toAbsolutePath().resolve("test folder " + FOLDERS.incrementAndGet()));
    }

    @AfterEach
    final void close() throws Exception {
        if (fileSystem != null) {
            fileSystem.close();
        }
    }

    private void assume(Can ability) {
        assumeTrue(can().contains(ability), ability.toString());
    }

    protected static byte[] content(int octets) {
        byte[] content = new byte[octets];
        new Random(octets).nextBytes(content);
        return content;
    }

    // --- content

    @Test
    void whatIsWrittenIsRead() throws Exception {
        Path file = folder.resolve("file");
        Files.writeString(file, "some text, ä");
        assertThat(Files.readString(file)).isEqualTo("some text, ä");
        assertThat(Files.size(file)).isEqualTo(13);
        Files.write(file, new byte[0]);
        assertThat(Files.readAllBytes(file)).isEmpty();
        try (InputStream in = Files.newInputStream(file)) {
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void aLargeFileIsCopiedThereAndBack() throws Exception {
        byte[] content = content(LARGE);
        Path here = Files.write(local.resolve("large"), content);
        Path there = folder.resolve("large");
        Files.copy(here, there);
        assertThat(Files.size(there)).isEqualTo(LARGE);
        assertThat(Files.readAllBytes(there)).isEqualTo(content);
        Files.copy(there, local.resolve("back"));
        assertThat(local.resolve("back")).hasBinaryContent(content);
        assertThat(Files.mismatch(here, there)).isEqualTo(-1);
    }

    @Test
    void streamsGiveOctetsInWhateverPiecesTheyAreAskedFor() throws Exception {
        byte[] content = content(300_000);
        Path file = folder.resolve("pieces");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(content[0]);
            out.write(content, 1, 99_999);
            out.flush();
            out.write(content, 100_000, 200_000);
        }
        try (InputStream in = Files.newInputStream(file)) {
            assertThat(in.read()).isEqualTo(content[0] & 0xff);
            assertThat(in.readNBytes(99_999)).isEqualTo(Arrays.copyOfRange(content, 1, 100_000));
            assertThat(in.skip(100_000)).isPositive();
        }
        try (InputStream in = Files.newInputStream(file)) {
            // closed long before its end
            assertThat(in.read()).isEqualTo(content[0] & 0xff);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }

    @Test
    void appendsToWhatIsThere() throws Exception {
        Path file = folder.resolve("log");
        assertThatThrownBy(() -> Files.writeString(file, "x", APPEND)).isInstanceOf(NoSuchFileException.class);
        Files.writeString(file, "one", CREATE, APPEND);
        Files.writeString(file, " two", APPEND);
        try (SeekableByteChannel channel = Files.newByteChannel(file, Set.of(WRITE, APPEND))) {
            channel.write(ByteBuffer.wrap(" three".getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(Files.readString(file)).isEqualTo("one two three");
    }

    @Test
    void makesNewFilesOnlyWhereNothingIs() throws Exception {
        Path file = folder.resolve("new");
        Files.writeString(file, "first", CREATE_NEW, WRITE);
        assertThatThrownBy(() -> Files.writeString(file, "second", CREATE_NEW, WRITE))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> Files.createFile(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(file)).isEqualTo("first");
    }

    @Test
    void writesOverWhatIsThereOnlyIfItIs() throws Exception {
        Path file = folder.resolve("there");
        assertThatThrownBy(() -> Files.writeString(file, "x", WRITE, TRUNCATE_EXISTING))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Files.newByteChannel(file, WRITE)).isInstanceOf(NoSuchFileException.class);
        Files.writeString(file, "long text");
        Files.writeString(file, "short", WRITE, TRUNCATE_EXISTING);
        assertThat(Files.readString(file)).isEqualTo("short");
    }

    @Test
    void opensNoDirectoryAndNothingThatIsNotThere() throws Exception {
        assertThatThrownBy(() -> Files.newInputStream(folder.resolve("nothing")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(folder.resolve("nothing").toString());
        assertThatThrownBy(() -> Files.readAllBytes(folder)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Files.writeString(folder, "x")).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> Files.writeString(folder.resolve("no/file"), "x"))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusesWaysToOpenThatItDoesNotHave() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> Files.newByteChannel(file, WRITE, SYNC))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Files.newInputStream(file, WRITE)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Files.newOutputStream(file, READ)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Files.newByteChannel(file, READ, APPEND)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Files.readString(file)).isEqualTo("x");
    }

    @Test
    void aChannelIsReadFromAnyPlace() throws Exception {
        byte[] content = content(200_000);
        Path file = Files.write(folder.resolve("file"), content);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            assertThat(channel.size()).isEqualTo(200_000);
            ByteBuffer some = ByteBuffer.allocate(10);
            channel.position(150_000);
            while (some.hasRemaining()) {
                assertThat(channel.read(some)).isPositive();
            }
            assertThat(some.array()).isEqualTo(Arrays.copyOfRange(content, 150_000, 150_010));
            assertThat(channel.position()).isEqualTo(150_010);
            channel.position(0);
            assertThat(Channels.newInputStream(channel).readNBytes(200_001)).isEqualTo(content);
            channel.position(300_000);
            assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)))
                    .isInstanceOf(NonWritableChannelException.class);
        }
        SeekableByteChannel closed = Files.newByteChannel(file);
        closed.close();
        closed.close();
        assertThat(closed.isOpen()).isFalse();
        assertThatThrownBy(() -> closed.read(ByteBuffer.allocate(1))).isInstanceOf(IOException.class);
    }

    @Test
    void aChannelIsWrittenFromItsBeginning() throws Exception {
        Path file = folder.resolve("file");
        try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE, WRITE, TRUNCATE_EXISTING)) {
            assertThat(channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3}))).isEqualTo(3);
            assertThat(channel.position()).isEqualTo(3);
            assertThat(channel.write(ByteBuffer.wrap(new byte[] {4}))).isEqualTo(1);
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(NonReadableChannelException.class);
        }
        assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aChannelIsWrittenAnywhere() throws Exception {
        assume(Can.RANDOM_ACCESS);
        Path file = Files.write(folder.resolve("file"), new byte[] {1, 2, 3, 4});
        try (SeekableByteChannel channel = Files.newByteChannel(file, READ, WRITE)) {
            channel.position(1).write(ByteBuffer.wrap(new byte[] {9}));
            channel.truncate(3);
            assertThat(channel.size()).isEqualTo(3);
            ByteBuffer all = ByteBuffer.allocate(10);
            channel.position(0).read(all);
            assertThat(all.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 9, 3}));
        }
    }

    @Test
    void whatIsToGoWhenItIsClosedGoes() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        try (InputStream in = Files.newInputStream(file, DELETE_ON_CLOSE)) {
            assertThat(in.read()).isEqualTo('x');
        }
        assertThat(Files.exists(file)).isFalse();
        try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE_NEW, WRITE, DELETE_ON_CLOSE)) {
            channel.write(ByteBuffer.allocate(3));
        }
        assertThat(Files.exists(file)).isFalse();
    }

    // --- directories

    @Test
    void listsADirectory() throws Exception {
        Set<Path> made = new HashSet<>();
        for (String name : names()) {
            made.add(Files.writeString(folder.resolve(name), name));
        }
        made.add(Files.createDirectory(folder.resolve("directory")));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            Set<Path> found = new HashSet<>();
            entries.forEach(found::add);
            assertThat(found).isEqualTo(made);
            assertThatThrownBy(entries::iterator).isInstanceOf(IllegalStateException.class);
        }
        for (Path each : made) {
            if (!each.endsWith("directory")) {
                assertThat(Files.readString(each)).isEqualTo(each.getFileName().toString());
            }
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "[a-b]*")) {
            assertThat(entries)
                    .extracting(path -> path.getFileName().toString())
                    .hasSameElementsAs(names().stream()
                            .filter(name -> name.matches("[ab].*"))
                            .toList());
        }
        assertThat(Files.isHidden(folder.resolve(".hidden"))).isTrue();
    }

    @Test
    void listsOnlyDirectories() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> Files.newDirectoryStream(file)).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> Files.newDirectoryStream(folder.resolve("nothing")))
                .isInstanceOf(NoSuchFileException.class);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Files.createDirectory(folder.resolve("empty")))) {
            assertThat(entries).isEmpty();
        }
    }

    @Test
    void relativePathsCountFromTheHomeAndStayRelative() throws Exception {
        Files.writeString(folder.resolve("file"), "x");
        Path relative = fileSystem.getPath("").toAbsolutePath().relativize(folder);
        try (Stream<Path> entries = Files.list(relative)) {
            assertThat(entries).containsExactly(relative.resolve("file"));
            assertThat(relative.isAbsolute()).isFalse();
        }
        assertThat(relative.resolve("file").toAbsolutePath()).isEqualTo(folder.resolve("file"));
        Path base = fileSystem.getPath(base());
        try (Stream<Path> entries = Files.list(base)) {
            assertThat(entries).contains(base.resolve(folder.getFileName()));
        }
    }

    @Test
    void makesDirectories() throws Exception {
        Path deep = folder.resolve("a/b/c");
        assertThatThrownBy(() -> Files.createDirectory(deep)).isInstanceOf(NoSuchFileException.class);
        Files.createDirectories(deep);
        Files.createDirectories(deep);
        assertThat(Files.isDirectory(deep)).isTrue();
        assertThatThrownBy(() -> Files.createDirectory(deep)).isInstanceOf(FileAlreadyExistsException.class);
        Path temporary = Files.createTempFile(folder, "in", ".part");
        assertThat(Files.size(temporary)).isZero();
    }

    @Test
    void deletesFilesAndEmptyDirectories() throws Exception {
        Path directory = Files.createDirectory(folder.resolve("d"));
        Path file = Files.writeString(directory.resolve("f"), "x");
        assertThatThrownBy(() -> Files.delete(directory)).isInstanceOf(DirectoryNotEmptyException.class);
        Files.delete(file);
        assertThatThrownBy(() -> Files.delete(file)).isInstanceOf(NoSuchFileException.class);
        assertThat(Files.deleteIfExists(file)).isFalse();
        assertThat(Files.deleteIfExists(directory)).isTrue();
        assertThat(Files.notExists(directory)).isTrue();
    }

    @Test
    void walksATreeAndDeletesIt() throws Exception {
        Path tree = folder.resolve("tree");
        List<String> expected = new ArrayList<>(List.of(""));
        Files.createDirectory(tree);
        for (String directory : List.of("one", "one/deep", "one/deep/deeper", "two")) {
            Files.createDirectory(tree.resolve(directory));
            expected.add(directory);
            for (int i = 0; i < 3; i++) {
                Files.write(tree.resolve(directory).resolve("f" + i), content(i));
                expected.add(directory + "/f" + i);
            }
        }
        List<String> walked = new ArrayList<>();
        long[] octets = new long[1];
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                walked.add(tree.relativize(directory).toString());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                walked.add(tree.relativize(file).toString());
                octets[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(walked).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(octets[0]).isEqualTo(4 * 3);
        try (Stream<Path> found = Files.find(tree, 9, (path, attributes) -> attributes.isRegularFile())) {
            assertThat(found).hasSize(12);
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(Files.exists(tree)).isFalse();
    }

    // --- copies and moves

    @Test
    void copiesAtTheServer() throws Exception {
        byte[] content = content(100_000);
        Path from = Files.write(folder.resolve("from"), content);
        Path to = folder.resolve("to");
        Files.copy(from, to);
        assertThat(Files.readAllBytes(to)).isEqualTo(content);
        Files.writeString(from, "changed");
        assertThatThrownBy(() -> Files.copy(from, to)).isInstanceOf(FileAlreadyExistsException.class);
        Files.copy(from, to, REPLACE_EXISTING, COPY_ATTRIBUTES);
        assertThat(Files.readString(to)).isEqualTo("changed");
        Files.copy(from, from);
        assertThat(Files.readString(from)).isEqualTo("changed");
        assertThatThrownBy(() -> Files.copy(folder.resolve("nothing"), to, REPLACE_EXISTING))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(Files.readString(to)).isEqualTo("changed");
        assertThatThrownBy(() -> Files.copy(from, to, ATOMIC_MOVE)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void copiesDirectoriesWithoutWhatIsInThem() throws Exception {
        Path directory = Files.createDirectory(folder.resolve("d"));
        Files.writeString(directory.resolve("f"), "x");
        Path copy = folder.resolve("copy");
        Files.copy(directory, copy);
        try (Stream<Path> entries = Files.list(copy)) {
            assertThat(entries).isEmpty();
        }
        assertThatThrownBy(() -> Files.copy(copy, directory, REPLACE_EXISTING))
                .isInstanceOf(DirectoryNotEmptyException.class);
        Files.writeString(folder.resolve("f"), "x");
        Files.copy(folder.resolve("f"), copy, REPLACE_EXISTING);
        assertThat(Files.readString(copy)).isEqualTo("x");
    }

    @Test
    void moves() throws Exception {
        Path from = Files.writeString(folder.resolve("from"), "content");
        Path to = folder.resolve("to");
        Files.move(from, to);
        assertThat(Files.exists(from)).isFalse();
        assertThat(Files.readString(to)).isEqualTo("content");
        Files.writeString(from, "again");
        assertThatThrownBy(() -> Files.move(from, to)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(to)).isEqualTo("content");
        Files.move(from, to, REPLACE_EXISTING);
        assertThat(Files.readString(to)).isEqualTo("again");
        assertThatThrownBy(() -> Files.move(from, to)).isInstanceOf(NoSuchFileException.class);
        Files.move(to, to);
        assertThat(Files.readString(to)).isEqualTo("again");
        Files.createDirectories(folder.resolve("d/e"));
        Files.move(folder.resolve("d"), folder.resolve("g"));
        assertThat(Files.isDirectory(folder.resolve("g/e"))).isTrue();
    }

    @Test
    void movesInOneStepOrSaysThatItCannot() throws Exception {
        Path from = Files.writeString(folder.resolve("from"), "new");
        Path to = Files.writeString(folder.resolve("to"), "old");
        if (can().contains(Can.ATOMIC_MOVES)) {
            Files.move(from, to, ATOMIC_MOVE);
            assertThat(Files.readString(to)).isEqualTo("new");
            assertThat(Files.exists(from)).isFalse();
        } else {
            assertThatThrownBy(() -> Files.move(from, to, ATOMIC_MOVE))
                    .isInstanceOf(AtomicMoveNotSupportedException.class);
            assertThat(Files.readString(to)).isEqualTo("old");
        }
    }

    @Test
    void copiesAndMovesBetweenFileSystems() throws Exception {
        byte[] content = content(70_000);
        Path here = Files.write(local.resolve("here"), content);
        Path there = folder.resolve("there");
        Files.move(here, there);
        assertThat(here).doesNotExist();
        assertThat(Files.readAllBytes(there)).isEqualTo(content);
        Files.move(there, here);
        assertThat(here).hasBinaryContent(content);
        assertThat(Files.exists(there)).isFalse();
        assertThatThrownBy(() -> fileSystem.provider().copy(here, there)).isInstanceOf(ProviderMismatchException.class);
    }

    // --- attributes

    @Test
    void tellsWhatAFileIs() throws Exception {
        Path file = Files.write(folder.resolve("file"), content(1234));
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        assertThat(attributes.isRegularFile()).isTrue();
        assertThat(attributes.isDirectory() || attributes.isSymbolicLink() || attributes.isOther())
                .isFalse();
        assertThat(attributes.size()).isEqualTo(1234);
        assertThat(Files.getLastModifiedTime(file).toInstant())
                .isBetween(Instant.now().minusSeconds(3600), Instant.now().plusSeconds(3600));
        assertThat(Files.isDirectory(folder)).isTrue();
        assertThat(Files.isRegularFile(folder)).isFalse();
        assertThat(Files.isReadable(file)).isTrue();
        assertThat(Files.exists(folder.resolve("nothing"))).isFalse();
        assertThat(Files.notExists(folder.resolve("nothing"))).isTrue();
        assertThat(Files.isDirectory(fileSystem.getPath("/"))).isTrue();
        assertThatThrownBy(() -> Files.readAttributes(folder.resolve("nothing"), BasicFileAttributes.class))
                .isInstanceOf(NoSuchFileException.class);
        Map<String, Object> named = Files.readAttributes(file, "size,isDirectory");
        assertThat(named)
                .containsEntry("size", 1234L)
                .containsEntry("isDirectory", false)
                .hasSize(2);
        assertThat(Files.readAttributes(file, "*")).hasSize(9);
        assertThatThrownBy(() -> Files.readAttributes(file, "colour")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Files.readAttributes(file, "dos:*")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aListingTellsNothingThatWasChangedAfterwards() throws Exception {
        Path file = Files.write(folder.resolve("file"), content(10));
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            Path listed = entries.iterator().next();
            Files.write(file, content(20));
            assertThat(Files.size(listed)).isEqualTo(20);
        }
    }

    @Test
    void setsTimes() throws Exception {
        assume(Can.TIMES);
        Path file = Files.writeString(folder.resolve("file"), "x");
        FileTime time = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
        Files.setLastModifiedTime(file, time);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
        Path copy = folder.resolve("copy");
        Files.copy(file, copy, COPY_ATTRIBUTES);
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(time);
        Path back = Files.copy(file, local.resolve("back"), COPY_ATTRIBUTES);
        assertThat(Files.getLastModifiedTime(back)).isEqualTo(time);
        Path there = Files.copy(back, folder.resolve("there"), COPY_ATTRIBUTES);
        assertThat(Files.getLastModifiedTime(there)).isEqualTo(time);
        Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(null, null, null);
        FileTime other = FileTime.from(time.toInstant().plusSeconds(60));
        Files.setAttribute(file, "lastModifiedTime", other);
        assertThat(Files.getAttribute(file, "lastModifiedTime")).isEqualTo(other);
        assertThatThrownBy(() -> Files.setAttribute(file, "size", 3L)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void setsPermissions() throws Exception {
        assume(Can.PERMISSIONS);
        Path file = Files.writeString(folder.resolve("file"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
        assertThat(PosixFilePermissions.toString(attributes.permissions())).isEqualTo("rw-r-----");
        assertThat(attributes.owner().getName()).isNotEmpty();
        assertThat(attributes.group().getName()).isNotEmpty();
        assertThat(Files.readAttributes(file, "posix:permissions,size")).hasSize(2);
        assertThat(Files.isExecutable(file)).isFalse();
        assertThat(Files.isWritable(file)).isTrue();
    }

    @Test
    void newFilesHavePermissionsFromTheirBeginningOrAreNotMade() throws Exception {
        Path file = folder.resolve("secret");
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        if (!can().contains(Can.PERMISSIONS_OF_NEW_FILES)) {
            assertThatThrownBy(() -> Files.createFile(file, mine)).isInstanceOf(UnsupportedOperationException.class);
            assertThat(Files.exists(file)).isFalse();
            assertThatThrownBy(() -> Files.createDirectory(file, mine))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThat(Files.exists(file)).isFalse();
            return;
        }
        Files.createFile(file, mine);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        var all = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Path directory = Files.createDirectory(folder.resolve("d"), all);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void tellsHowMuchRoomThereIs() throws Exception {
        if (can().contains(Can.SPACE)) {
            FileStore store = Files.getFileStore(folder);
            assertThat(store.getTotalSpace()).isPositive();
            assertThat(store.getUsableSpace()).isBetween(1L, store.getTotalSpace());
            assertThat(store.supportsFileAttributeView(BasicFileAttributeView.class))
                    .isTrue();
            assertThat(fileSystem.getFileStores()).hasSize(1);
        } else {
            assertThatThrownBy(() -> Files.getFileStore(folder)).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    // --- links

    @Test
    void makesAndFollowsLinks() throws Exception {
        assume(Can.LINKS);
        Path file = Files.writeString(folder.resolve("file"), "content");
        Path link = Files.createSymbolicLink(folder.resolve("link"), fileSystem.getPath("file"));
        assertThat(Files.readSymbolicLink(link)).isEqualTo(fileSystem.getPath("file"));
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.readString(link)).isEqualTo("content");
        assertThat(Files.isRegularFile(link)).isTrue();
        assertThat(Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(Files.isSameFile(link, file)).isTrue();
        assertThat(link.toRealPath()).isEqualTo(file.toRealPath());
        assertThat(link.toRealPath(LinkOption.NOFOLLOW_LINKS)).isEqualTo(link);
        assertThatThrownBy(() -> Files.newInputStream(link, LinkOption.NOFOLLOW_LINKS))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Files.createSymbolicLink(link, file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> Files.readSymbolicLink(file)).isInstanceOf(NotLinkException.class);
        Files.copy(link, folder.resolve("copied"), LinkOption.NOFOLLOW_LINKS);
        assertThat(Files.isSymbolicLink(folder.resolve("copied"))).isTrue();
        Files.move(link, folder.resolve("moved"));
        assertThat(Files.isSymbolicLink(folder.resolve("moved"))).isTrue();
        Files.delete(folder.resolve("moved"));
        assertThat(Files.exists(file)).isTrue();
        Path broken = Files.createSymbolicLink(folder.resolve("broken"), fileSystem.getPath("nothing"));
        assertThat(Files.exists(broken)).isFalse();
        assertThat(Files.exists(broken, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void walksDoNotFollowLinksUnlessTheyAreToldTo() throws Exception {
        assume(Can.LINKS);
        Files.createDirectory(folder.resolve("d"));
        Files.writeString(folder.resolve("d/f"), "x");
        Files.createSymbolicLink(folder.resolve("l"), fileSystem.getPath("d"));
        try (Stream<Path> walked = Files.walk(folder)) {
            assertThat(walked).hasSize(4);
        }
        try (Stream<Path> walked = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            assertThat(walked).hasSize(5);
        }
    }

    @Test
    void givesFilesSecondNames() throws Exception {
        assume(Can.HARD_LINKS);
        Path file = Files.writeString(folder.resolve("file"), "x");
        Path second = Files.createLink(folder.resolve("second"), file);
        Files.delete(file);
        assertThat(Files.readString(second)).isEqualTo("x");
    }

    @Test
    void theSameFileIsTheSame() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        Path other = Files.writeString(folder.resolve("other"), "x");
        assertThat(Files.isSameFile(
                        file, fileSystem.getPath(base(), folder.getFileName().toString(), "file")))
                .isTrue();
        assertThat(Files.isSameFile(file, folder.resolve("./file"))).isTrue();
        assertThat(Files.isSameFile(file, other)).isFalse();
        assertThat(Files.isSameFile(file, local)).isFalse();
        assertThat(folder.resolve("..")
                        .resolve(folder.getFileName())
                        .resolve("./file")
                        .toRealPath())
                .isEqualTo(file.toRealPath());
        assertThatThrownBy(() -> folder.resolve("nothing").toRealPath()).isInstanceOf(NoSuchFileException.class);
    }

    // --- the file system itself

    @Test
    void addressesOfFilesHaveNoPasswordAndEveryCharacter() {
        URI uri = folder.resolve("a ü%#?;\\").toUri();
        assertThat(uri.getRawUserInfo())
                .satisfiesAnyOf(
                        info -> assertThat(info).isNull(),
                        info -> assertThat(info).doesNotContain(":"));
        assertThat(uri.getRawPath()).contains("/test%20folder%20").endsWith("/a%20%C3%BC%25%23%3F%3B%5C");
        assertThat(fileSystem.toString()).startsWith(fileSystem.provider().getScheme() + "://");
    }

    @Test
    void nothingIsWatched() {
        assertThatThrownBy(() -> fileSystem.newWatchService()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(fileSystem.isReadOnly()).isFalse();
        assertThat(fileSystem.getRootDirectories()).containsExactly(fileSystem.getPath("/"));
        assertThat(fileSystem.supportedFileAttributeViews()).contains("basic");
    }

    @Test
    void severalStreamsAreOpenAtATime() throws Exception {
        Path one = Files.write(folder.resolve("one"), content(200_000));
        Path two = Files.write(folder.resolve("two"), content(300_000));
        try (InputStream first = Files.newInputStream(one);
                InputStream second = Files.newInputStream(two);
                OutputStream third = Files.newOutputStream(folder.resolve("three"))) {
            first.read();
            second.read();
            third.write(1);
            first.transferTo(third);
            assertThat(second.readAllBytes()).hasSize(299_999);
        }
        assertThat(Files.size(folder.resolve("three"))).isEqualTo(200_000);
    }

    @Test
    @SuppressWarnings("StreamResourceLeak") // that is what it is about
    void toCloseItEndsWhatIsOpen() throws Exception {
        Path file = Files.write(folder.resolve("file"), content(LARGE));
        InputStream in = Files.newInputStream(file);
        OutputStream out = Files.newOutputStream(folder.resolve("out"));
        DirectoryStream<Path> entries = Files.newDirectoryStream(folder);
        assertThat(in.read()).isNotEqualTo(-1);
        out.write(1);
        fileSystem.close();
        fileSystem.close();
        assertThat(fileSystem.isOpen()).isFalse();
        assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> {
                    out.write(content(LARGE));
                    out.flush();
                })
                .isInstanceOf(IOException.class);
        assertThatThrownBy(out::close).isInstanceOf(IOException.class);
        in.close();
        entries.close();
        assertThatThrownBy(() -> Files.size(file)).isInstanceOf(ClosedFileSystemException.class);
        assertThatThrownBy(() -> Files.newInputStream(file)).isInstanceOf(ClosedFileSystemException.class);
        assertThatThrownBy(() -> Files.createDirectory(folder.resolve("late")))
                .isInstanceOf(ClosedFileSystemException.class);
        assertThat(folder.resolve("x").getParent()).isEqualTo(folder);
    }

    @Test
    void anInterruptEndsAWait() throws Exception {
        Path file = Files.write(folder.resolve("file"), content(10));
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> Files.readAllBytes(file)).isInstanceOf(IOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Files.size(file)).isEqualTo(10);
    }

    @Test
    void manyThreadsUseItAtATime() throws Exception {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int number = i;
            threads.add(new Thread(() -> {
                try {
                    Path mine = Files.createDirectory(folder.resolve("of " + number));
                    for (int j = 0; j < 3; j++) {
                        byte[] content = content(1000 * number + j);
                        Path file = Files.write(mine.resolve("f" + j), content);
                        Files.copy(file, mine.resolve("c" + j));
                        assertThat(Files.readAllBytes(mine.resolve("c" + j))).isEqualTo(content);
                    }
                    try (Stream<Path> all = Files.walk(mine)) {
                        assertThat(all).hasSize(7);
                    }
                } catch (IOException | UncheckedIOException | AssertionError e) {
                    failures.add(e);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }
}
