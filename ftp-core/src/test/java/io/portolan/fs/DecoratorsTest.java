package io.portolan.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.fs.PositionalFiles.Access;
import io.portolan.fs.PositionalFiles.PositionalFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What each wrapper adds to the contract. */
class DecoratorsTest {

    private final VirtualFileSystem memory = InMemoryFileSystem.create();

    private static VirtualPath path(String text) {
        return VirtualPath.of(text);
    }

    private static void put(VirtualFileSystem fs, String name, int size) throws IOException {
        try (WritableFile file = fs.openWrite(path(name), WriteMode.REPLACE)) {
            file.write(ByteBuffer.allocate(size));
            file.commit();
        }
    }

    private static List<String> names(VirtualFileSystem fs, String directory) throws IOException {
        try (EntryStream entries = fs.list(path(directory))) {
            List<String> all = new ArrayList<>();
            for (var batch = entries.next(100); !batch.isEmpty(); batch = entries.next(100)) {
                batch.forEach(entry -> all.add(entry.name()));
            }
            return all.stream().sorted().toList();
        }
    }

    @Test
    void aReadOnlyViewHasNoDoorToWriting() throws IOException {
        put(memory, "/file", 1);
        VirtualFileSystem view = FileSystems.readOnly(memory);
        for (Class<?> writing : List.of(
                AppendSupport.class,
                ResumableUploads.class,
                AttributeChanges.class,
                ServerSideCopy.class,
                AtomicReplace.class)) {
            assertThat(view.capability(writing)).as(writing.getSimpleName()).isEmpty();
        }
        PositionalFiles files = view.capability(PositionalFiles.class).orElseThrow();
        for (Access access : Access.values()) {
            if (access != Access.READ) {
                assertThatThrownBy(() -> files.openPositional(path("/file"), Set.of(Access.READ, access)))
                        .isInstanceOf(AccessDeniedException.class);
            }
        }
        Links links = view.capability(Links.class).orElseThrow();
        assertThatThrownBy(() -> links.createSymbolicLink(path("/l"), "file"))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> links.createHardLink(path("/l"), path("/file")))
                .isInstanceOf(AccessDeniedException.class);
        assertThat(names(memory, "/")).containsExactly("file");
    }

    @Test
    void noLinkLeadsOutOfARootedDirectory() throws IOException {
        memory.createDirectory(path("/home"));
        put(memory, "/secret", 1);
        Links links = memory.capability(Links.class).orElseThrow();
        links.createSymbolicLink(path("/home/relative"), "../secret");
        links.createSymbolicLink(path("/home/absolute"), "/secret");
        links.createSymbolicLink(path("/home/chain"), "relative");
        VirtualFileSystem rooted = FileSystems.rooted(memory, path("/home"));
        for (String link : List.of("/relative", "/absolute", "/chain")) {
            assertThatThrownBy(() -> rooted.openRead(path(link), 0)).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> rooted.openWrite(path(link), WriteMode.REPLACE))
                    .isInstanceOf(AccessDeniedException.class);
        }
        assertThat(rooted.stat(path("/absolute"), LinkHandling.NO_FOLLOW).linkTarget())
                .isEmpty();
        assertThatThrownBy(() -> rooted.stat(path("/../secret"), LinkHandling.FOLLOW))
                .isInstanceOf(FileSystemException.class);
    }

    @Test
    void mountsShowInTheTreeAndStayApart() throws IOException {
        VirtualFileSystem base = InMemoryFileSystem.create();
        put(base, "/file", 1);
        put(memory, "/inner", 2);
        VirtualFileSystem tree = FileSystems.mounted(Map.of(path("/"), base, path("/deep/down/mount"), memory));
        assertThat(names(tree, "/")).containsExactly("deep", "file");
        assertThat(names(tree, "/deep")).containsExactly("down");
        assertThat(names(tree, "/deep/down/mount")).containsExactly("inner");
        assertThat(tree.stat(path("/deep/down/mount/inner"), LinkHandling.FOLLOW)
                        .size())
                .isEqualTo(2);
        assertThatThrownBy(() -> tree.rename(path("/file"), path("/deep/down/mount/x"), RenameMode.REPLACE))
                .isInstanceOf(OperationNotSupportedException.class);
        assertThatThrownBy(() -> tree.deleteDirectory(path("/deep/down/mount")))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> tree.rename(path("/deep"), path("/x"), RenameMode.REPLACE))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> tree.openWrite(path("/deep"), WriteMode.REPLACE))
                .isInstanceOf(NotAFileException.class);
    }

    @Test
    void whatIsBelowAMountIsHiddenFromWhoeverLooksEntriesUpInParts() throws IOException {
        VirtualFileSystem base = InMemoryFileSystem.create();
        base.createDirectory(path("/mount"));
        base.createDirectory(path("/mount/below"));
        put(base, "/file", 1);
        VirtualFileSystem tree = FileSystems.mounted(Map.of(path("/"), inPartsOfOne(base), path("/mount"), memory));
        List<String> told = new ArrayList<>();
        int parts = 0;
        try (EntryStream entries = tree.list(path("/"))) {
            for (var some = entries.nextParts(10); !some.isEmpty(); some = entries.nextParts(10)) {
                for (EntryStream.Part part : some) {
                    part.entries().forEach(entry -> told.add(entry.name()));
                    parts++;
                }
            }
        }
        assertThat(told).containsExactlyInAnyOrder("file", "mount");
        // the mount itself, then each of the two that the store has
        assertThat(parts).isEqualTo(3);
    }

    private static VirtualFileSystem inPartsOfOne(VirtualFileSystem fs) {
        return new ForwardingFileSystem(fs) {
            @Override
            public <C> Optional<C> capability(Class<C> type) {
                return Optional.empty();
            }

            @Override
            public EntryStream list(VirtualPath directory) throws IOException {
                EntryStream all = super.list(directory);
                return new EntryStream() {
                    @Override
                    public List<DirectoryEntry> next(int max) throws IOException {
                        return all.next(max);
                    }

                    @Override
                    public List<Part> nextParts(int max) throws IOException {
                        List<Part> parts = new ArrayList<>();
                        next(max).forEach(entry -> parts.add(() -> List.of(entry)));
                        return parts;
                    }

                    @Override
                    public void close() throws IOException {
                        all.close();
                    }
                };
            }
        };
    }

    @Test
    void aTreeOfMountsAloneHasNothingElse() throws IOException {
        VirtualFileSystem tree = FileSystems.mounted(Map.of(path("/a/b"), memory));
        assertThat(names(tree, "/")).containsExactly("a");
        assertThat(tree.stat(path("/"), LinkHandling.FOLLOW).isDirectory()).isTrue();
        assertThatThrownBy(() -> put(tree, "/x", 1)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> tree.createDirectory(path("/a"))).isInstanceOf(FileSystemException.class);
    }

    @Test
    void anObserverIsToldWhatSucceeded() throws IOException {
        List<String> told = new ArrayList<>();
        VirtualFileSystem fs = FileSystems.observed(memory, new FileSystemObserver() {
            @Override
            public void read(VirtualPath path) {
                told.add("read " + path);
            }

            @Override
            public void written(VirtualPath path) {
                told.add("written " + path);
            }

            @Override
            public void deleted(VirtualPath path) {
                told.add("deleted " + path);
            }

            @Override
            public void renamed(VirtualPath from, VirtualPath to) {
                told.add("renamed " + from + " " + to);
            }
        });
        put(fs, "/a", 1);
        fs.openWrite(path("/broken"), WriteMode.REPLACE).close();
        fs.openRead(path("/a"), 0).close();
        fs.rename(path("/a"), path("/b"), RenameMode.REPLACE);
        assertThatThrownBy(() -> fs.delete(path("/a"))).isInstanceOf(IOException.class);
        fs.delete(path("/b"));
        assertThat(told).containsExactly("written /a", "read /a", "renamed /a /b", "deleted /b");
    }

    @Test
    void aQuotaIsWhatAllFilesMayHold() throws IOException {
        put(memory, "/before", 40);
        VirtualFileSystem fs = FileSystems.quota(memory, QuotaLimits.ofBytes(100));
        put(fs, "/a", 60);
        assertThatThrownBy(() -> put(fs, "/b", 1)).isInstanceOf(QuotaExceededException.class);
        fs.delete(path("/before"));
        put(fs, "/b", 40);
        assertThat(fs.capability(SpaceInfo.class).orElseThrow().space(path("/")).usable())
                .isZero();
    }

    @Test
    void replacingGivesTheOldFilesRoomBack() throws IOException {
        VirtualFileSystem fs = FileSystems.quota(memory, QuotaLimits.ofBytes(100));
        for (int i = 0; i < 10; i++) {
            put(fs, "/a", 50);
        }
        put(fs, "/b", 50);
    }

    @Test
    void aBrokenUploadCountsOnlyForWhatIsKept() throws IOException {
        VirtualFileSystem fs = FileSystems.quota(memory, QuotaLimits.ofBytes(100));
        for (int i = 0; i < 5; i++) {
            try (WritableFile file = fs.openWrite(path("/broken"), WriteMode.REPLACE)) {
                file.write(ByteBuffer.allocate(50));
            }
        }
        put(fs, "/b", 50);
        assertThatThrownBy(() -> put(fs, "/c", 1)).isInstanceOf(QuotaExceededException.class);
        try (WritableFile file =
                fs.capability(ResumableUploads.class).orElseThrow().resume(path("/broken"), 50)) {
            file.commit();
        }
        fs.delete(path("/broken"));
        put(fs, "/c", 50);
    }

    @Test
    void noCapabilityGoesAroundAQuota() throws IOException {
        VirtualFileSystem fs = FileSystems.quota(memory, new QuotaLimits(100, 2));
        put(fs, "/a", 60);
        assertThatThrownBy(() -> {
                    try (WritableFile file =
                            fs.capability(AppendSupport.class).orElseThrow().openAppend(path("/a"))) {
                        file.write(ByteBuffer.allocate(41));
                    }
                })
                .isInstanceOf(QuotaExceededException.class);
        assertThatThrownBy(() -> fs.capability(ServerSideCopy.class)
                        .orElseThrow()
                        .copy(path("/a"), path("/b"), RenameMode.REPLACE))
                .isInstanceOf(QuotaExceededException.class);
        try (PositionalFile file =
                fs.capability(PositionalFiles.class).orElseThrow().openPositional(path("/a"), Set.of(Access.WRITE))) {
            assertThatThrownBy(() -> file.truncate(101)).isInstanceOf(QuotaExceededException.class);
            assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), 100))
                    .isInstanceOf(QuotaExceededException.class);
        }
        put(fs, "/b", 1);
        assertThatThrownBy(() -> fs.createDirectory(path("/c"))).isInstanceOf(QuotaExceededException.class);
        assertThatThrownBy(() -> fs.capability(Links.class).orElseThrow().createSymbolicLink(path("/l"), "a"))
                .isInstanceOf(QuotaExceededException.class);
    }

    @Test
    void uploadsAtTheSameTimeDoNotExceedAQuotaTogether() throws Exception {
        VirtualFileSystem fs = FileSystems.quota(memory, QuotaLimits.ofBytes(1000));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        int succeeded = 0;
        try {
            List<Callable<Boolean>> uploads = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String name = "/f" + i;
                uploads.add(() -> {
                    try {
                        put(fs, name, 300);
                        return true;
                    } catch (QuotaExceededException full) {
                        return false;
                    }
                });
            }
            for (Future<Boolean> upload : threads.invokeAll(uploads)) {
                succeeded += upload.get() ? 1 : 0;
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(succeeded).isEqualTo(3);
    }

    @Test
    void memoryHasItsBounds() throws IOException {
        VirtualFileSystem small =
                InMemoryFileSystem.builder().maxBytes(100).maxEntries(2).build();
        put(small, "/a", 100);
        assertThatThrownBy(() -> put(small, "/b", 1)).isInstanceOf(QuotaExceededException.class);
        small.delete(path("/a"));
        put(small, "/a", 0);
        put(small, "/b", 0);
        assertThatThrownBy(() -> put(small, "/c", 0)).isInstanceOf(QuotaExceededException.class);
        assertThatThrownBy(() -> small.createDirectory(path("/d"))).isInstanceOf(QuotaExceededException.class);
    }
}
