package io.portolan.core.internal.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.ProviderMismatchException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Paths are what those of Unix are in Java. */
class RemotePathTest {

    private static final FileSystem UNIX = FileSystems.getDefault();

    private final RemoteFileSystem remote = new NoFiles().fileSystem();

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("a", "b", "ab", ".", "..", "", "ü", "a b", ".a")
                .list()
                .ofMaxSize(5)
                .flatMap(names -> Arbitraries.of("", "/", "//").map(begin -> begin + String.join("/", names)));
    }

    @Provide
    Arbitrary<String> globs() {
        return Arbitraries.of(
                        "a", "b", "/", "*", "**", "?", "[a-b]", "[!a]", "{a,b}", "{a*,.}", "\\*", ".", "[", "{", "]",
                        "}", ",", "\\", "^", "$", "(", "+", "&&", "-", "!")
                .list()
                .ofMaxSize(5)
                .map(parts -> String.join("", parts));
    }

    /** What comes of it: text, or the kind of the failure. */
    private static String outcome(FileSystem fileSystem, Function<FileSystem, Object> operation) {
        Assume.that(UNIX.getSeparator().equals("/"));
        try {
            return String.valueOf(operation.apply(fileSystem));
        } catch (IllegalArgumentException e) {
            return e instanceof InvalidPathException
                    ? "invalid"
                    : e instanceof PatternSyntaxException ? "syntax" : "refused";
        }
    }

    private void same(Function<FileSystem, Object> operation) {
        assertThat(outcome(remote, operation)).isEqualTo(outcome(UNIX, operation));
    }

    @Property(tries = 200)
    void onePathIsTakenApartAsAreThoseOfUnix(@ForAll("paths") String text) {
        same(files -> files.getPath(text));
        same(files -> files.getPath(text).getRoot());
        same(files -> files.getPath(text).getFileName());
        same(files -> files.getPath(text).getParent());
        same(files -> files.getPath(text).normalize());
        same(files -> files.getPath(text).isAbsolute());
        same(files -> files.getPath(text).getNameCount());
        same(files -> {
            List<Path> names = new ArrayList<>();
            files.getPath(text).forEach(names::add);
            return names;
        });
        same(files -> files.getPath(text).getName(1));
        same(files -> files.getPath(text).subpath(1, 3));
        same(files -> files.getPath("a", text, "b"));
    }

    @Property(tries = 200)
    void twoPathsStandToEachOtherAsThoseOfUnix(@ForAll("paths") String one, @ForAll("paths") String two) {
        same(files -> files.getPath(one).resolve(two));
        same(files -> files.getPath(one).resolve(files.getPath(two)));
        same(files -> files.getPath(one).resolveSibling(two));
        same(files -> files.getPath(one).startsWith(two));
        same(files -> files.getPath(one).endsWith(two));
        same(files -> files.getPath(one).equals(files.getPath(two)));
        same(files -> Integer.signum(files.getPath(one).compareTo(files.getPath(two))));
    }

    @Property(tries = 200)
    void theWayFromOneToAnotherLeadsThere(@ForAll("paths") String one, @ForAll("paths") String two) {
        Path from = remote.getPath(one);
        Path to = remote.getPath(two);
        Path way;
        try {
            way = from.relativize(to);
        } catch (IllegalArgumentException e) {
            assertThat(from.isAbsolute() != to.isAbsolute() || from.normalize().startsWith(".."))
                    .isTrue();
            return;
        }
        assertThat(from.resolve(way).normalize()).isEqualTo(to.normalize());
    }

    @Property(tries = 200)
    void theWayBetweenPathsWithoutDotsIsThatOfUnix(@ForAll("paths") String one, @ForAll("paths") String two) {
        Assume.that(!(one + two).contains("."));
        same(files -> files.getPath(one).relativize(files.getPath(two)));
    }

    @Property(tries = 200)
    void patternsMatchWhatTheyMatchOnUnix(@ForAll("globs") String glob, @ForAll("paths") String path) {
        same(files -> {
            PathMatcher matcher = files.getPathMatcher("glob:" + glob);
            return matcher.matches(files.getPath(path));
        });
    }

    @Property(tries = 200)
    void addressesLeadBackToTheirPaths(@ForAll("paths") String begin, @ForAll String name) {
        Path path;
        try {
            path = remote.getPath("/" + begin, name);
        } catch (InvalidPathException e) {
            return;
        }
        URI uri = URI.create(path.toUri().toString());
        assertThat(uri.getRawAuthority()).isEqualTo("alice@host");
        assertThat(remote.getPath(RemoteUris.path(uri))).isEqualTo(path);
    }

    @Property(tries = 200)
    void everyTextIsAPathOrIsRefused(@ForAll String text) {
        Path path;
        try {
            path = remote.getPath(text);
        } catch (InvalidPathException e) {
            assertThat(text).containsPattern("[\0\n]|[\\ud800-\\udfff]");
            return;
        }
        assertThat(remote.getPath(path.toString())).isEqualTo(path).hasSameHashCodeAs(path);
    }

    @Example
    void whatCannotBeSentIsNoPath() {
        for (String text : List.of("a\0b", "a\nb", "\ud800", "a\udc00", "x".repeat(RemotePath.MAX_LENGTH + 1))) {
            assertThatThrownBy(() -> remote.getPath(text)).isInstanceOf(InvalidPathException.class);
        }
    }

    @Example
    void pathsOfOthersAreRefused() throws Exception {
        Path path = remote.getPath("/a");
        RemoteFileSystem other = new NoFiles().fileSystem();
        assertThat(path.equals(other.getPath("/a"))).isFalse();
        assertThat(path.startsWith(other.getPath("/a"))).isFalse();
        assertThat(path.startsWith(UNIX.getPath("/a"))).isFalse();
        assertThatThrownBy(() -> path.resolve(UNIX.getPath("a"))).isInstanceOf(ProviderMismatchException.class);
        assertThatThrownBy(() -> path.compareTo(UNIX.getPath("a"))).isInstanceOf(ClassCastException.class);
        assertThatThrownBy(path::toFile).isInstanceOf(UnsupportedOperationException.class);
        assertThat(remote.provider().isSameFile(path, UNIX.getPath("/a"))).isFalse();
        assertThatThrownBy(() -> path.toRealPath(LinkOption.NOFOLLOW_LINKS)).hasMessage("/a");
    }

    @Example
    void relativePathsCountFromTheHome() {
        assertThat(remote.getPath("a/../b").toAbsolutePath()).hasToString("/home/a/../b");
        assertThat(remote.getPath("").toAbsolutePath()).hasToString("/home");
        assertThat(remote.getPath("a").toUri()).hasToString("test://alice@host/home/a");
    }

    @Example
    void patternsAreGlobsOrRegularExpressions() {
        assertThat(remote.getPathMatcher("regex:/a.*").matches(remote.getPath("/abc")))
                .isTrue();
        assertThat(remote.getPathMatcher("GLOB:*.{java,md}").matches(remote.getPath("a.md")))
                .isTrue();
        assertThatThrownBy(() -> remote.getPathMatcher("*.java")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> remote.getPathMatcher("shell:*")).isInstanceOf(UnsupportedOperationException.class);
    }
}
