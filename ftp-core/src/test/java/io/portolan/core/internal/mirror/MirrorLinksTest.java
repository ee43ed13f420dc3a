package io.portolan.core.internal.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.core.internal.mirror.Mirror.Direction;
import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.Links;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.nio.LinkPolicy;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.mirror.MirrorAction;
import io.portolan.mirror.MirrorLinks;
import io.portolan.mirror.MirrorListener;
import io.portolan.mirror.MirrorOptions;
import io.portolan.mirror.MirrorResult;
import io.portolan.mirror.MirrorSkip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a mirror does with symbolic links, and with permissions. */
@Timeout(120)
final class MirrorLinksTest {

    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    private final FakeServer server = new FakeServer();
    private final InMemoryFileSystem local = InMemoryFileSystem.create();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private MirrorOptions options = MirrorOptions.defaults();

    private final MirrorListener listener = new MirrorListener() {
        @Override
        public void done(MirrorAction action) {
            told.add(action.kind() + " " + action.reason() + " " + action.path());
        }

        @Override
        public void skipped(String path, MirrorSkip reason) {
            told.add(reason + " " + path);
        }
    };

    private MirrorResult run(Direction direction) throws Exception {
        return Mirror.run(direction, local, server, options, listener, Thread::new);
    }

    private InMemoryFileSystem source(Direction direction) {
        return direction == Direction.DOWNLOAD ? server.files : local;
    }

    private InMemoryFileSystem target(Direction direction) {
        return direction == Direction.DOWNLOAD ? local : server.files;
    }

    private static void link(InMemoryFileSystem files, String path, String text) throws IOException {
        links(files).createSymbolicLink(VirtualPath.of(path), text);
    }

    private static String text(InMemoryFileSystem files, String path) throws IOException {
        return links(files).readLink(VirtualPath.of(path));
    }

    private static Links links(InMemoryFileSystem files) {
        return files.capability(Links.class).orElseThrow();
    }

    private void with(MirrorLinks links) {
        options = MirrorOptions.builder().links(links).build();
    }

    @ParameterizedTest
    @EnumSource
    void linksThatAreKeptAreMadeOnceAndAgainWhenTheyChange(Direction direction) throws Exception {
        FakeServer.write(source(direction), THEN, "/d/file", "/other");
        link(source(direction), "/d/link", "../other");
        link(source(direction), "/folder", "d");
        with(MirrorLinks.KEEP);
        assertThat(run(direction).copied()).isEqualTo(4);
        assertThat(text(target(direction), "/d/link")).isEqualTo("../other");
        assertThat(text(target(direction), "/folder")).isEqualTo("d");
        assertThat(FakeServer.paths(target(direction)))
                .containsExactly("/d/", "/d/file", "/d/link", "/folder", "/other");

        MirrorResult again = run(direction);
        assertThat(again.copied()).isZero();
        assertThat(again.unchanged()).isEqualTo(4);

        source(direction).delete(VirtualPath.of("/d/link"));
        link(source(direction), "/d/link", "file");
        told.clear();
        assertThat(run(direction).copied()).isEqualTo(1);
        assertThat(told).containsExactly("MAKE_LINK LINK /d/link");
        assertThat(text(target(direction), "/d/link")).isEqualTo("file");
    }

    @ParameterizedTest
    @EnumSource
    void aPlanOfLinksMakesNone(Direction direction) throws Exception {
        FakeServer.write(source(direction), THEN, "/file");
        link(source(direction), "/link", "file");
        with(MirrorLinks.KEEP);
        assertThat(Mirror.plan(direction, local, server, options, listener, Thread::new)
                        .actions())
                .hasSize(2);
        assertThat(FakeServer.paths(target(direction))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aLinkTakesTheFilesPlaceOnlyWhereThingsMayBeDeleted(Direction direction) throws Exception {
        FakeServer.write(source(direction), THEN, "/file");
        link(source(direction), "/link", "file");
        FakeServer.write(target(direction), THEN, "/link=a file");
        with(MirrorLinks.KEEP);
        assertThat(run(direction).failed()).isEqualTo(1);
        assertThat(FakeServer.read(target(direction), "/link")).isEqualTo("a file");
        options = options.toBuilder().deleteExtra(true).build();
        assertThat(run(direction).failed()).isZero();
        assertThat(text(target(direction), "/link")).isEqualTo("file");
    }

    /** Otherwise the server would write its file to where the link leads. */
    @ParameterizedTest
    @EnumSource
    void aFileTakesTheLinksPlaceOnlyWhereThingsMayBeDeleted(Direction direction) throws Exception {
        FakeServer.write(source(direction), THEN, "/name=new");
        FakeServer.write(target(direction), THEN, "/file=old");
        link(target(direction), "/name", "file");
        with(MirrorLinks.KEEP);
        assertThat(run(direction).failed()).isEqualTo(1);
        options = options.toBuilder().deleteExtra(true).exclude("/file").build();
        assertThat(run(direction).failed()).isZero();
        assertThat(FakeServer.read(target(direction), "/file")).isEqualTo("old");
        assertThat(FakeServer.paths(target(direction))).containsExactly("/file", "/name");
        assertThat(target(direction)
                        .stat(VirtualPath.of("/name"), LinkHandling.NO_FOLLOW)
                        .isFile())
                .isTrue();
    }

    @Test
    void noLinkOfAServerLeadsOut(@TempDir Path directory) throws Exception {
        Path root = Files.createDirectory(directory.resolve("root"));
        FakeServer.write(server.files, THEN, "/d/file");
        for (String name : List.of("absolute", "up", "around", "fine")) {
            link(server.files, "/d/" + name, "file");
        }
        server.texts.put("/d/absolute", "/etc/passwd");
        server.texts.put("/d/up", "../../outside");
        server.texts.put("/d/around", "file/../../../outside");
        with(MirrorLinks.KEEP);
        try (PathFileSystem files =
                PathFileSystem.builder(root).links(LinkPolicy.REFUSE).build()) {
            MirrorResult result = Mirror.run(Direction.DOWNLOAD, files, server, options, listener, Thread::new);
            assertThat(result.skipped()).isEqualTo(3);
            assertThat(result.failed()).isZero();
        }
        assertThat(told).contains("UNSAFE_LINK /d/absolute", "UNSAFE_LINK /d/up", "UNSAFE_LINK /d/around");
        assertThat(Files.readSymbolicLink(root.resolve("d/fine"))).hasToString("file");
        assertThat(root.resolve("d").toFile().list()).containsExactlyInAnyOrder("file", "fine");
    }

    @ParameterizedTest
    @EnumSource
    void linksAreLeftOutWhereTheTargetHasNone(Direction direction) throws Exception {
        FakeServer.write(source(direction), THEN, "/file");
        link(source(direction), "/link", "file");
        server.links = false;
        with(MirrorLinks.KEEP);
        MirrorResult result = run(direction);
        if (direction == Direction.UPLOAD) {
            assertThat(result.skipped()).isEqualTo(1);
            assertThat(told).contains("LINK /link");
        } else {
            assertThat(result.skipped()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatLinksLeadToIsCopiedInTheirPlace(Direction direction) throws Exception {
        FakeServer.write(source(direction), THEN, "/d/file=content", "/e/");
        link(source(direction), "/link", "d/file");
        link(source(direction), "/e/folder", "../d");
        with(MirrorLinks.FOLLOW);
        assertThat(run(direction).copied()).isEqualTo(3);
        assertThat(FakeServer.paths(target(direction)))
                .containsExactly("/d/", "/d/file", "/e/", "/e/folder/", "/e/folder/file", "/link");
        assertThat(FakeServer.read(target(direction), "/link")).isEqualTo("content");
        assertThat(target(direction)
                        .stat(VirtualPath.of("/link"), LinkHandling.NO_FOLLOW)
                        .isFile())
                .isTrue();
        assertThat(FakeServer.modified(target(direction), "/e/folder/file")).isEqualTo(THEN);
        assertThat(run(direction).copied()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void linksIntoTheirOwnDirectoriesEnd(Direction direction) throws Exception {
        FakeServer.write(source(direction), THEN, "/a/file", "/b/");
        link(source(direction), "/a/self", ".");
        link(source(direction), "/a/up", "..");
        link(source(direction), "/a/b", "../b");
        link(source(direction), "/b/a", "../a");
        link(source(direction), "/nowhere", "missing");
        with(MirrorLinks.FOLLOW);
        MirrorResult result = run(direction);
        assertThat(result.failed()).isZero();
        assertThat(told).contains("LOOP /a/self", "LOOP /a/up", "LOOP /a/b/a", "LOOP /b/a/b", "LINK /nowhere");
        assertThat(FakeServer.paths(target(direction)))
                .containsExactly("/a/", "/a/b/", "/a/file", "/b/", "/b/a/", "/b/a/file");
    }

    /** A link's text does not tell where it really leads, if there are other links in it. */
    @Test
    void aWayThroughMoreAndMoreLinksEnds() throws Exception {
        FakeServer.write(server.files, THEN, "/a/file");
        link(server.files, "/root", ".");
        link(server.files, "/a/l", "../root/a");
        with(MirrorLinks.FOLLOW);
        options = options.toBuilder().exclude("/root").build();
        assertThat(run(Direction.DOWNLOAD).failed()).isZero();
        String deepest = "/a" + "/l".repeat(MirrorWork.MAX_LINKS);
        assertThat(told).contains("LOOP " + deepest + "/l");
        assertThat(FakeServer.read(local, deepest + "/file")).isEqualTo("content of /a/file");
    }

    @Test
    void nothingOutsideOfALocalTreeIsUploaded(@TempDir Path directory) throws Exception {
        Path root = Files.createDirectory(directory.resolve("root"));
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "mine");
        Files.createSymbolicLink(root.resolve("d"), outside);
        Files.createSymbolicLink(root.resolve("f"), outside.resolve("secret"));
        for (MirrorLinks links : MirrorLinks.values()) {
            with(links);
            LinkPolicy policy = links == MirrorLinks.FOLLOW ? LinkPolicy.FOLLOW_INSIDE : LinkPolicy.REFUSE;
            try (PathFileSystem files =
                    PathFileSystem.builder(root).links(policy).build()) {
                MirrorResult result = Mirror.run(Direction.UPLOAD, files, server, options, listener, Thread::new);
                assertThat(result.skipped()).isEqualTo(2);
                assertThat(result.failed()).isZero();
            }
            assertThat(FakeServer.paths(server.files)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void permissionsAreKeptWhereThatIsWanted(Direction direction) throws Exception {
        FakeServer.write(source(direction), THEN, "/program", "/d/");
        source(direction)
                .capability(AttributeChanges.class)
                .orElseThrow()
                .change(
                        VirtualPath.of("/program"),
                        AttributeChange.nothing().withPermissionBits(04751),
                        LinkHandling.NO_FOLLOW);
        run(direction);
        assertThat(bits(direction)).isNotEqualTo(0751);
        target(direction).delete(VirtualPath.of("/program"));
        options = MirrorOptions.builder().keepPermissions(true).build();
        run(direction);
        assertThat(bits(direction)).isEqualTo(0751);
    }

    private int bits(Direction direction) throws IOException {
        return target(direction)
                .stat(VirtualPath.of("/program"), LinkHandling.NO_FOLLOW)
                .permissionBits()
                .orElseThrow();
    }
}
