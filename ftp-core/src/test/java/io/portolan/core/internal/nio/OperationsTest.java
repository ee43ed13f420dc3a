package io.portolan.core.internal.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.core.internal.nio.NoFiles.Refused;
import io.portolan.core.internal.nio.RemoteFiles.Refusal;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import io.portolan.fs.LinkHandling;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server is asked for, and what its refusals become. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OperationsTest {

    private static final Instant THEN = Instant.parse("2001-02-03T04:05:06Z");

    /** A server with directories, that counts what it is asked for. */
    private static class Counting extends NoFiles {
        final Map<String, FileInfo> files = new TreeMap<>(Map.of("/", FileInfo.directory(THEN)));
        final List<String> asked = new ArrayList<>();

        @Override
        public Optional<FileInfo> stat(String path, LinkHandling links) {
            asked.add("stat " + path);
            return Optional.ofNullable(files.get(path));
        }

        @Override
        public Entries list(String path) {
            asked.add("list " + path);
            String begin = path.equals("/") ? path : path + "/";
            Iterator<String> names = files.keySet().stream()
                    .filter(each -> each.startsWith(begin) && each.length() > begin.length())
                    .filter(each -> each.indexOf('/', begin.length()) < 0)
                    .toList()
                    .iterator();
            return new Entries() {
                @Override
                public @Nullable Entry next() {
                    if (!names.hasNext()) {
                        return null;
                    }
                    String each = names.next();
                    FileInfo info = files.get(each);
                    return info == null ? null : new Entry(each.substring(begin.length()), info, System.nanoTime());
                }

                @Override
                public void close() {
                    asked.add("close " + path);
                }
            };
        }

        @Override
        public void delete(String path) {
            files.remove(path);
        }
    }

    private static Counting tree() {
        Counting server = new Counting();
        server.files.put("/d", FileInfo.directory(THEN));
        IntStream.range(0, 50).forEach(i -> server.files.put("/d/f" + i, FileInfo.file(i, THEN)));
        return server;
    }

    @Test
    void aWalkAsksNoQuestionForEachFile() throws Exception {
        Counting server = tree();
        try (Stream<Path> found =
                Files.find(server.fileSystem().getPath("/"), 9, (path, attributes) -> attributes.size() >= 40)) {
            assertThat(found).hasSize(10);
        }
        assertThat(server.asked).containsExactly("stat /", "list /", "list /d", "close /d", "close /");
    }

    @Test
    void whatAListingHasToldIsUsedOnce() throws Exception {
        Counting server = tree();
        Path first = first(server.fileSystem().getPath("/d"));
        server.asked.clear();
        Files.size(first);
        assertThat(server.asked).isEmpty();
        Files.size(first);
        assertThat(server.asked).containsExactly("stat /d/f0");
    }

    private static Path first(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return entries.iterator().next();
        }
    }

    @Test
    void whatAListingHasToldIsNotUsedWhenSomethingWasChanged() throws Exception {
        Counting server = tree();
        RemoteFileSystem files = server.fileSystem();
        Path first = first(files.getPath("/d"));
        Files.delete(files.getPath("/d/f7"));
        server.asked.clear();
        Files.size(first);
        assertThat(server.asked).containsExactly("stat /d/f0");
    }

    @Test
    void whatAListingHasToldOfALinkIsNotWhatItLeadsTo() throws Exception {
        Counting server = new Counting();
        server.files.put(
                "/l", FileInfo.builder(FileType.SYMBOLIC_LINK).modified(THEN).build());
        RemoteFileSystem files = server.fileSystem();
        Path link = first(files.getPath("/"));
        server.asked.clear();
        Files.readAttributes(link, BasicFileAttributes.class);
        assertThat(server.asked).containsExactly("stat /l");
    }

    @Test
    void entriesAreAsOldAsTheListingThatIsReadAheadOfThem() {
        long before = System.nanoTime();
        ReadAhead age = new ReadAhead();
        long opened = System.nanoTime();
        for (int i = 0; i < ReadAhead.AHEAD; i++) {
            assertThat(age.take()).isBetween(before, opened);
        }
        for (int i = 0; i < ReadAhead.AHEAD; i++) {
            var ignored = age.take();
        }
        assertThat(age.take()).isGreaterThanOrEqualTo(opened);
    }

    @Test
    void refusalsBecomeJavasExceptions() {
        for (Map.Entry<Refusal, Class<? extends IOException>> each : Map.of(
                        Refusal.NOT_FOUND, NoSuchFileException.class,
                        Refusal.EXISTS, FileAlreadyExistsException.class,
                        Refusal.DENIED, AccessDeniedException.class,
                        Refusal.UNSUPPORTED, FileSystemException.class,
                        Refusal.FAILURE, Refused.class)
                .entrySet()) {
            Counting server = new Counting() {
                @Override
                public void delete(String path) {
                    throw new IllegalStateException();
                }

                @Override
                public InputStream read(String path) throws IOException {
                    throw new Refused(each.getKey());
                }
            };
            server.files.put("/f", FileInfo.file(1, THEN));
            Path file = server.fileSystem().getPath("/f");
            assertThatThrownBy(() -> Files.newInputStream(file))
                    .isExactlyInstanceOf(each.getValue())
                    .satisfiesAnyOf(
                            failure -> assertThat(failure).hasCauseInstanceOf(Refused.class),
                            failure -> assertThat(failure).isInstanceOf(Refused.class));
        }
    }

    @Test
    void aListingThatBreaksEndsAWalkAndNotQuietly() throws Exception {
        Counting server = new Counting() {
            @Override
            public Entries list(String path) {
                return new Entries() {
                    @Override
                    public @Nullable Entry next() throws IOException {
                        throw new Refused(Refusal.FAILURE);
                    }

                    @Override
                    public void close() {
                        asked.add("close " + path);
                    }
                };
            }
        };
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(server.fileSystem().getPath("/"))) {
            Iterator<Path> iterator = entries.iterator();
            assertThatThrownBy(iterator::hasNext)
                    .isInstanceOf(DirectoryIteratorException.class)
                    .hasCauseInstanceOf(Refused.class);
            assertThat(iterator.hasNext()).isFalse();
        }
        assertThat(server.asked).containsExactly("close /");
    }

    @Test
    void aCopyThatBreaksLeavesNothing() {
        List<String> deleted = new ArrayList<>();
        Counting server = new Counting() {
            @Override
            public InputStream read(String path) {
                return new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new Refused(Refusal.FAILURE);
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        throw new Refused(Refusal.FAILURE);
                    }
                };
            }

            @Override
            public OutputStream write(String path, OpenRequest request) {
                return OutputStream.nullOutputStream();
            }

            @Override
            public void delete(String path) {
                deleted.add(path);
            }
        };
        server.files.put("/f", FileInfo.file(1, THEN));
        RemoteFileSystem files = server.fileSystem();
        assertThatThrownBy(() -> Files.copy(files.getPath("/f"), files.getPath("/g")))
                .isInstanceOf(Refused.class);
        assertThat(deleted).containsExactly("/g");
    }

    @Test
    void aCopyThatMayNotBeMadeDeletesNothingOfOthers() {
        List<String> deleted = new ArrayList<>();
        Counting server = new Counting() {
            @Override
            public InputStream read(String path) {
                return new ByteArrayInputStream(new byte[1]);
            }

            @Override
            public OutputStream write(String path, OpenRequest request) throws IOException {
                // somebody else has made it since it was looked for
                throw new Refused(Refusal.EXISTS);
            }

            @Override
            public void delete(String path) {
                deleted.add(path);
            }
        };
        server.files.put("/f", FileInfo.file(1, THEN));
        RemoteFileSystem files = server.fileSystem();
        assertThatThrownBy(() -> Files.copy(files.getPath("/f"), files.getPath("/g")))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(deleted).isEmpty();
    }

    @Test
    void linksInARealPathAreFollowedWhereTheServerDoesNot() throws Exception {
        Map<String, String> links = Map.of("/l", "d", "/d/up", "../d/f0", "/loop", "loop");
        Counting server = new Counting() {
            @Override
            public String readLink(String path) {
                return Optional.ofNullable(links.get(path)).orElseThrow();
            }
        };
        server.files.putAll(tree().files);
        links.keySet()
                .forEach(link -> server.files.put(
                        link,
                        FileInfo.builder(FileType.SYMBOLIC_LINK).modified(THEN).build()));
        server.files.put("/l/up", FileInfo.file(0, THEN));
        RemoteFileSystem files = server.fileSystem();
        assertThat(files.getPath("/l").toRealPath()).hasToString("/d");
        assertThat(files.getPath("/l/up").toRealPath()).hasToString("/d/f0");
        assertThatThrownBy(() -> files.getPath("/loop").toRealPath()).isInstanceOf(FileSystemLoopException.class);
    }

    @Test
    void whatAServerTellsThatIsNoPathIsAFailureAndNoSurprise() {
        Counting server = new Counting() {
            @Override
            public String readLink(String path) {
                return "a\nb";
            }
        };
        server.files.put(
                "/f", FileInfo.builder(FileType.SYMBOLIC_LINK).modified(THEN).build());
        assertThatThrownBy(() -> Files.readSymbolicLink(server.fileSystem().getPath("/f")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("/f");
    }
}
