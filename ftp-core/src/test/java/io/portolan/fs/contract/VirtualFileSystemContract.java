package io.portolan.fs.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.portolan.fs.AtomicReplace;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import io.portolan.fs.NotAFileException;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.RenameMode;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.TemporalUnitOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link VirtualFileSystem} keeps. Extend it, give it the file system, and run it with JUnit 5 (it needs {@code junit-jupiter} and {@code assertj-core}). What the store
 * cannot do is derived from its {@linkplain VirtualFileSystem#capability capabilities} and {@link #traits()}, and shows as skipped.
 */
public abstract class VirtualFileSystemContract extends CapabilitiesContract {

    /** For implementors. */
    protected VirtualFileSystemContract() {}

    /** What a store can do that no capability tells. */
    public enum Trait {
        /** It can be written; without this it holds {@code /hello.txt} with {@code hello} in it, and {@code /folder/inner.txt} with {@code inner}. */
        WRITABLE,
        /** It can rename. */
        RENAME,
        /** Names that differ in upper and lower case only are different. */
        CASE_SENSITIVE,
        /** Names may hold a backslash, a colon, and end in a dot or a space, as POSIX has it. */
        ANY_CHARACTER
    }

    /**
     * Gives the file system, fresh for each test: empty, or as {@link Trait#WRITABLE} says.
     *
     * @return the file system, which the test closes
     * @throws Exception if it cannot be made; the test fails
     */
    protected abstract VirtualFileSystem fileSystem() throws Exception;

    /**
     * What the store can do.
     *
     * @return all traits, unless overridden
     */
    @Override
    protected Set<Trait> traits() {
        return Set.of(Trait.values());
    }

    @BeforeEach
    final void open() throws Exception {
        use(fileSystem());
        if (traits().contains(Trait.WRITABLE)) {
            put("/hello.txt", "hello");
            fs().createDirectory(path("/folder"));
            put("/folder/inner.txt", "inner");
        }
    }

    @AfterEach
    final void close() throws IOException {
        fs().close();
    }

    private void needRename() {
        needWriting();
        assumeTrue(traits().contains(Trait.RENAME), "the store cannot rename");
    }

    @Test
    void theRootIsADirectory() throws IOException {
        assertThat(stat("/").type()).isEqualTo(FileType.DIRECTORY);
    }

    @Test
    void aFileTellsItsSize() throws IOException {
        assertThat(stat("/hello.txt").type()).isEqualTo(FileType.FILE);
        assertThat(stat("/hello.txt").size()).isEqualTo(5);
    }

    @Test
    void aDirectoryIsToldFromAFile() throws IOException {
        assertThat(stat("/folder").isDirectory()).isTrue();
        assertThat(stat("/folder").contentSize()).isEmpty();
    }

    @Test
    void statOfNothingSaysSo() {
        assertThatThrownBy(() -> stat("/nothing")).isExactlyInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> stat("/nothing/at/all")).isExactlyInstanceOf(NoSuchFileException.class);
    }

    @Test
    void nothingIsBelowAFile() {
        assertThatThrownBy(() -> stat("/hello.txt/below")).isExactlyInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aListingTellsWhatStatTells() throws IOException {
        for (DirectoryEntry entry : entries("/")) {
            FileInfo info = stat("/" + entry.name());
            assertThat(entry.info().type()).isEqualTo(info.type());
            assertThat(entry.info().contentSize()).isEqualTo(info.contentSize());
            assertThat(entry.info().modified()).isEqualTo(info.modified());
        }
        assertThat(names("/")).containsExactly("folder", "hello.txt");
        assertThat(names("/folder")).containsExactly("inner.txt");
    }

    @Test
    void aListingComesInBatches() throws IOException {
        needWriting();
        fs().createDirectory(path("/many"));
        List<String> expected = new ArrayList<>();
        for (int i = 10; i < 30; i++) {
            put("/many/file" + i, "");
            expected.add("file" + i);
        }
        assertThat(names("/many")).isEqualTo(expected);
    }

    @Test
    void anEmptyDirectoryListsNothing() throws IOException {
        needWriting();
        fs().createDirectory(path("/empty"));
        assertThat(entries("/empty")).isEmpty();
    }

    @Test
    void aListingInPartsTellsTheSameEntriesInTheSameOrder() throws IOException {
        List<String> inParts = new ArrayList<>();
        try (EntryStream stream = fs().list(path("/"))) {
            List<EntryStream.Part> parts = stream.nextParts(3);
            while (!parts.isEmpty()) {
                int count = 0;
                for (EntryStream.Part part : parts) {
                    for (DirectoryEntry entry : part.entries()) {
                        inParts.add(entry.name());
                        count++;
                    }
                }
                assertThat(count).isLessThanOrEqualTo(3);
                parts = stream.nextParts(3);
            }
        }
        assertThat(inParts)
                .isEqualTo(entries("/").stream().map(DirectoryEntry::name).toList());
    }

    @Test
    void onlyDirectoriesAreListed() {
        assertThatThrownBy(() -> fs().list(path("/hello.txt"))).isExactlyInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> fs().list(path("/nothing"))).isExactlyInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aListingMayBeClosedTwiceAndEarly() throws IOException {
        var listing = fs().list(path("/"));
        listing.next(1);
        listing.close();
        listing.close();
    }

    @Test
    void aFileIsReadFromItsBeginning() throws IOException {
        assertThat(get("/hello.txt")).isEqualTo("hello");
        assertThat(get("/folder/inner.txt")).isEqualTo("inner");
    }

    @Test
    void readingBeginsAtAnOffset() throws IOException {
        assertThat(get("/hello.txt", 2)).isEqualTo("llo");
        assertThat(get("/hello.txt", 4)).isEqualTo("o");
    }

    @Test
    void behindTheEndAFileReadsAsEmpty() throws IOException {
        assertThat(get("/hello.txt", 5)).isEmpty();
        assertThat(get("/hello.txt", 5_000_000_000L)).isEmpty();
    }

    @Test
    void readingIntoADirectBufferWorks() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64);
        try (ReadableFile file = fs().openRead(path("/hello.txt"), 0)) {
            while (file.read(buffer) >= 0) {
                assertThat(buffer.position()).isPositive();
            }
        }
        assertThat(UTF_8.decode(buffer.flip()).toString()).isEqualTo("hello");
    }

    @Test
    void theChannelOfAFileStandsAtTheOffset() throws IOException {
        try (ReadableFile file = fs().openRead(path("/hello.txt"), 3)) {
            assumeTrue(file.fileChannel().isPresent(), "the store has no channels");
            FileChannel channel = file.fileChannel().get();
            assertThat(channel.position()).isEqualTo(3);
            assertThat(channel.size()).isEqualTo(5);
        }
    }

    @Test
    void onlyFilesAreRead() {
        assertThatThrownBy(() -> fs().openRead(path("/folder"), 0)).isExactlyInstanceOf(NotAFileException.class);
        assertThatThrownBy(() -> fs().openRead(path("/"), 0)).isExactlyInstanceOf(NotAFileException.class);
        assertThatThrownBy(() -> fs().openRead(path("/nothing"), 0)).isExactlyInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aReadFileMayBeClosedTwice() throws IOException {
        ReadableFile file = fs().openRead(path("/hello.txt"), 0);
        file.close();
        file.close();
    }

    @Test
    void severalThreadsReadAtATime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<String>> reads = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                reads.add(() -> get("/hello.txt") + names("/folder"));
            }
            for (Future<String> read : threads.invokeAll(reads)) {
                assertThat(read.get()).isEqualTo("hello[inner.txt]");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aFileIsThereAfterItsCommit() throws IOException {
        needWriting();
        put("/new.txt", "new");
        assertThat(get("/new.txt")).isEqualTo("new");
        assertThat(names("/")).contains("new.txt");
    }

    @Test
    void anEmptyFileCanBeWritten() throws IOException {
        needWriting();
        put("/empty.txt", "");
        assertThat(stat("/empty.txt").size()).isZero();
    }

    @Test
    void writingConsumesTheWholeBuffer() throws IOException {
        needWriting();
        try (WritableFile file = fs().openWrite(path("/buffers"), WriteMode.REPLACE)) {
            for (ByteBuffer buffer : List.of(
                    bytes("abc"), ByteBuffer.allocateDirect(2).put(bytes("de")).flip())) {
                file.write(buffer);
                assertThat(buffer.hasRemaining()).isFalse();
            }
            file.commit();
        }
        assertThat(get("/buffers")).isEqualTo("abcde");
    }

    @Test
    void aLargeFileComesBackAsItWas() throws IOException {
        needWriting();
        String large = "0123456789abcdef".repeat(20_000);
        put("/large", large);
        assertThat(get("/large").equals(large)).isTrue();
        assertThat(get("/large", 65_535).equals(large.substring(65_535))).isTrue();
        assertThat(get("/large", 65_536).equals(large.substring(65_536))).isTrue();
    }

    @Test
    void replacingChangesTheWholeContent() throws IOException {
        needWriting();
        put("/hello.txt", "bye");
        assertThat(get("/hello.txt")).isEqualTo("bye");
    }

    @Test
    void nothingShowsBeforeTheCommit() throws IOException {
        needWriting();
        need(AtomicReplace.class);
        try (WritableFile old = fs().openWrite(path("/hello.txt"), WriteMode.REPLACE);
                WritableFile fresh = fs().openWrite(path("/fresh"), WriteMode.REPLACE)) {
            old.write(bytes("changed"));
            fresh.write(bytes("fresh"));
            assertThat(get("/hello.txt")).isEqualTo("hello");
            assertThat(names("/")).containsExactly("folder", "hello.txt");
            assertThat(exists("/fresh")).isFalse();
            old.commit();
            fresh.commit();
            assertThat(get("/hello.txt")).isEqualTo("changed");
            assertThat(get("/fresh")).isEqualTo("fresh");
        }
    }

    @Test
    void anAbortLeavesEverythingAsItWas() throws IOException {
        needWriting();
        need(AtomicReplace.class);
        try (WritableFile old = fs().openWrite(path("/hello.txt"), WriteMode.REPLACE);
                WritableFile fresh = fs().openWrite(path("/fresh"), WriteMode.REPLACE)) {
            old.write(bytes("half"));
            fresh.write(bytes("half"));
        }
        assertThat(get("/hello.txt")).isEqualTo("hello");
        assertThat(exists("/fresh")).isFalse();
        assertThat(names("/")).containsExactly("folder", "hello.txt");
    }

    @Test
    void closingAfterTheCommitAndTwiceChangesNothing() throws IOException {
        needWriting();
        WritableFile file = fs().openWrite(path("/twice"), WriteMode.REPLACE);
        file.write(bytes("x"));
        file.commit();
        file.close();
        file.close();
        assertThat(get("/twice")).isEqualTo("x");
    }

    @Test
    void aReaderOfAReplacedFileGoesOnReadingTheOldContent() throws IOException {
        needWriting();
        need(AtomicReplace.class);
        try (ReadableFile reader = fs().openRead(path("/hello.txt"), 0)) {
            put("/hello.txt", "other");
            assertThat(readAll(reader)).isEqualTo("hello");
        }
    }

    @Test
    void createNewRefusesWhatExists() throws IOException {
        needWriting();
        assertThatThrownBy(() -> fs().openWrite(path("/hello.txt"), WriteMode.CREATE_NEW))
                .isExactlyInstanceOf(FileAlreadyExistsException.class);
        assertThat(get("/hello.txt")).isEqualTo("hello");
    }

    @Test
    void createNewNeverReplacesWhatAppearedMeanwhile() throws IOException {
        needWriting();
        need(AtomicReplace.class);
        try (WritableFile first = fs().openWrite(path("/new"), WriteMode.CREATE_NEW);
                WritableFile second = fs().openWrite(path("/new"), WriteMode.CREATE_NEW)) {
            first.write(bytes("first"));
            second.write(bytes("second"));
            first.commit();
            assertThatThrownBy(second::commit).isExactlyInstanceOf(FileAlreadyExistsException.class);
        }
        assertThat(get("/new")).isEqualTo("first");
    }

    @Test
    void writingNeedsADirectoryAndAFilesName() {
        needWriting();
        assertThatThrownBy(() -> fs().openWrite(path("/nowhere/file"), WriteMode.REPLACE))
                .isExactlyInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> fs().openWrite(path("/hello.txt/file"), WriteMode.REPLACE))
                .isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> fs().openWrite(path("/folder"), WriteMode.REPLACE))
                .isExactlyInstanceOf(NotAFileException.class);
        assertThatThrownBy(() -> fs().openWrite(path("/"), WriteMode.REPLACE)).isInstanceOf(FileSystemException.class);
    }

    @Test
    void severalUploadsOfOneNameEndWithOneOfThemWhole() throws Exception {
        needWriting();
        need(AtomicReplace.class);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> uploads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String content = String.valueOf((char) ('a' + i)).repeat(10_000);
                uploads.add(() -> {
                    put("/contested", content);
                    return null;
                });
            }
            for (Future<Void> upload : threads.invokeAll(uploads)) {
                upload.get();
            }
        } finally {
            threads.shutdownNow();
        }
        String content = get("/contested");
        assertThat(content).hasSize(10_000);
        assertThat(content.chars().distinct().count()).isEqualTo(1);
    }

    @Test
    void aReadOnlyStoreRefusesEveryChange() throws IOException {
        assumeFalse(traits().contains(Trait.WRITABLE), "the store can be written");
        assertThat(fs().isReadOnly()).isTrue();
        assertThatThrownBy(() -> put("/x", "x")).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> fs().delete(path("/hello.txt"))).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> fs().createDirectory(path("/d"))).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> fs().deleteDirectory(path("/folder"))).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> fs().rename(path("/hello.txt"), path("/y"), RenameMode.REPLACE))
                .isInstanceOf(FileSystemException.class);
        assertThat(names("/")).containsExactly("folder", "hello.txt");
    }

    @Test
    void oddNamesAreKept() throws IOException {
        needWriting();
        for (String name : List.of(
                "with space",
                "-dash",
                "tilde~",
                "#hash",
                "quote'",
                "semi;colon",
                "per%20cent",
                "[glob]",
                "é",
                "日本語",
                "😀",
                "..dots",
                "a.",
                "...")) {
            if (name.endsWith(".") && !traits().contains(Trait.ANY_CHARACTER)) {
                continue;
            }
            put("/" + name, name);
            assertThat(get("/" + name)).as(name).isEqualTo(name);
            assertThat(names("/")).contains(name);
            fs().delete(path("/" + name));
        }
    }

    @Test
    void charactersThatOnlyWindowsRefusesAreOrdinary() throws IOException {
        needWriting();
        assumeTrue(traits().contains(Trait.ANY_CHARACTER), "the store is choosy about names");
        for (String name : List.of("back\\slash", "..\\up", "co:lon", "star*", "what?", "NUL", "trailing ")) {
            put("/" + name, name);
            assertThat(get("/" + name)).as(name).isEqualTo(name);
            assertThat(names("/")).contains(name);
        }
    }

    @Test
    void aNameThatIsTooLongIsRefusedOrKept() throws IOException {
        needWriting();
        String name = "n".repeat(4000);
        assertThat(exists("/" + name)).isFalse();
        try {
            put("/" + name, "long");
        } catch (FileSystemException refused) {
            assertThat(names("/")).containsExactly("folder", "hello.txt");
            return;
        }
        assertThat(get("/" + name)).isEqualTo("long");
    }

    @Test
    void aNameOfTheUsualGreatestLengthCanBeUploaded() throws IOException {
        needWriting();
        String name = "n".repeat(255);
        put("/" + name, "long");
        assertThat(get("/" + name)).isEqualTo("long");
        assertThat(names("/")).contains(name);
    }

    @Test
    void upperAndLowerCaseDiffer() throws IOException {
        needWriting();
        assumeTrue(traits().contains(Trait.CASE_SENSITIVE), "upper and lower case are one here");
        put("/HELLO.TXT", "HELLO");
        assertThat(get("/hello.txt")).isEqualTo("hello");
        assertThat(get("/HELLO.TXT")).isEqualTo("HELLO");
    }

    @Test
    void directoriesAreMadeOneAtATime() throws IOException {
        needWriting();
        fs().createDirectory(path("/a"));
        fs().createDirectory(path("/a/b"));
        assertThat(stat("/a/b").isDirectory()).isTrue();
        assertThatThrownBy(() -> fs().createDirectory(path("/x/y"))).isExactlyInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aDirectoryIsNotMadeOverAnything() {
        needWriting();
        for (String taken : List.of("/folder", "/hello.txt", "/folder/inner.txt")) {
            assertThatThrownBy(() -> fs().createDirectory(path(taken)))
                    .isExactlyInstanceOf(FileAlreadyExistsException.class);
        }
        assertThatThrownBy(() -> fs().createDirectory(path("/"))).isInstanceOf(FileSystemException.class);
    }

    @Test
    void onlyEmptyDirectoriesAreDeleted() throws IOException {
        needWriting();
        assertThatThrownBy(() -> fs().deleteDirectory(path("/folder")))
                .isExactlyInstanceOf(DirectoryNotEmptyException.class);
        assertThat(get("/folder/inner.txt")).isEqualTo("inner");
        fs().delete(path("/folder/inner.txt"));
        fs().deleteDirectory(path("/folder"));
        assertThat(exists("/folder")).isFalse();
    }

    @Test
    void deletingADirectoryNeedsADirectory() {
        needWriting();
        assertThatThrownBy(() -> fs().deleteDirectory(path("/hello.txt")))
                .isExactlyInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> fs().deleteDirectory(path("/nothing"))).isExactlyInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> fs().deleteDirectory(path("/"))).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void aDirectoryThatIsMadeAgainIsEmpty() throws IOException {
        needWriting();
        fs().delete(path("/folder/inner.txt"));
        fs().deleteDirectory(path("/folder"));
        fs().createDirectory(path("/folder"));
        assertThat(entries("/folder")).isEmpty();
        put("/folder/again", "again");
        assertThat(get("/folder/again")).isEqualTo("again");
    }

    @Test
    void aDeletedFileIsGone() throws IOException {
        needWriting();
        fs().delete(path("/hello.txt"));
        assertThat(exists("/hello.txt")).isFalse();
        assertThatThrownBy(() -> fs().delete(path("/hello.txt"))).isExactlyInstanceOf(NoSuchFileException.class);
    }

    @Test
    void deletingAFileNeedsAFile() throws IOException {
        needWriting();
        assertThatThrownBy(() -> fs().delete(path("/folder"))).isExactlyInstanceOf(NotAFileException.class);
        assertThatThrownBy(() -> fs().delete(path("/nowhere/file"))).isExactlyInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> fs().delete(path("/"))).isInstanceOf(FileSystemException.class);
    }

    @Test
    void aFileMovesWithItsContent() throws IOException {
        needRename();
        fs().rename(path("/hello.txt"), path("/folder/moved"), RenameMode.FAIL_IF_EXISTS);
        assertThat(exists("/hello.txt")).isFalse();
        assertThat(get("/folder/moved")).isEqualTo("hello");
    }

    @Test
    void aDirectoryMovesWithAllThatIsInIt() throws IOException {
        needRename();
        fs().createDirectory(path("/folder/deep"));
        put("/folder/deep/file", "deep");
        fs().rename(path("/folder"), path("/moved"), RenameMode.FAIL_IF_EXISTS);
        assertThat(exists("/folder")).isFalse();
        assertThat(get("/moved/deep/file")).isEqualTo("deep");
        assertThat(get("/moved/inner.txt")).isEqualTo("inner");
    }

    @Test
    void aRenameRefusesOrReplacesAsAsked() throws IOException {
        needRename();
        put("/other", "other");
        assertThatThrownBy(() -> fs().rename(path("/hello.txt"), path("/other"), RenameMode.FAIL_IF_EXISTS))
                .isExactlyInstanceOf(FileAlreadyExistsException.class);
        assertThat(get("/other")).isEqualTo("other");
        fs().rename(path("/hello.txt"), path("/other"), RenameMode.REPLACE);
        assertThat(get("/other")).isEqualTo("hello");
        assertThat(exists("/hello.txt")).isFalse();
    }

    @Test
    void aDirectoryIsNeverReplaced() throws IOException {
        needRename();
        fs().createDirectory(path("/empty"));
        for (String from : List.of("/hello.txt", "/folder")) {
            for (RenameMode mode : RenameMode.values()) {
                assertThatThrownBy(() -> fs().rename(path(from), path("/empty"), mode))
                        .isExactlyInstanceOf(FileAlreadyExistsException.class);
            }
        }
        assertThat(entries("/empty")).isEmpty();
        assertThat(get("/hello.txt")).isEqualTo("hello");
    }

    @Test
    void aRenameNeedsBothEnds() {
        needRename();
        assertThatThrownBy(() -> fs().rename(path("/nothing"), path("/x"), RenameMode.REPLACE))
                .isExactlyInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> fs().rename(path("/hello.txt"), path("/nowhere/x"), RenameMode.REPLACE))
                .isExactlyInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> fs().rename(path("/folder"), path("/folder/below"), RenameMode.REPLACE))
                .isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> fs().rename(path("/"), path("/x"), RenameMode.REPLACE))
                .isInstanceOf(FileSystemException.class);
    }

    @Test
    void aRenameOntoItselfLosesNothing() throws IOException {
        needRename();
        fs().rename(path("/hello.txt"), path("/hello.txt"), RenameMode.REPLACE);
        assertThat(get("/hello.txt")).isEqualTo("hello");
    }

    @Test
    void aWrittenFileIsNew() throws IOException {
        needWriting();
        put("/now", "now");
        assertThat(stat("/now").modified()).isCloseTo(Instant.now(), within(Duration.ofMinutes(2)));
    }

    private static TemporalUnitOffset within(Duration duration) {
        return Assertions.within(duration.toSeconds(), ChronoUnit.SECONDS);
    }
}
