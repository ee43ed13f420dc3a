package io.portolan.core.internal.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.core.internal.mirror.Mirror.Direction;
import io.portolan.fs.FileType;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.nio.LinkPolicy;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.mirror.MirrorAction;
import io.portolan.mirror.MirrorComparison;
import io.portolan.mirror.MirrorListener;
import io.portolan.mirror.MirrorOptions;
import io.portolan.mirror.MirrorPlan;
import io.portolan.mirror.MirrorResult;
import io.portolan.mirror.MirrorSkip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
final class MirrorTest {

    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = THEN.plusSeconds(3600);

    private final FakeServer server = new FakeServer();
    private final InMemoryFileSystem local = InMemoryFileSystem.create();
    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private MirrorOptions options = MirrorOptions.defaults();

    private final MirrorListener listener = new MirrorListener() {
        @Override
        public void done(MirrorAction action) {
            told.add(action.kind() + " " + action.path());
        }

        @Override
        public void skipped(String path, MirrorSkip reason) {
            told.add(reason + " " + path);
        }
    };

    @AfterEach
    void noThreadAndNoConnectionIsLeft() {
        assertThat(threads).noneMatch(Thread::isAlive);
        assertThat(server.open).hasValue(0);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "mirror");
        threads.add(thread);
        return thread;
    }

    private MirrorResult run(Direction direction) throws Exception {
        return Mirror.run(direction, local, server, options, listener, this::thread);
    }

    private InMemoryFileSystem source(Direction direction) {
        return direction == Direction.DOWNLOAD ? server.files : local;
    }

    private InMemoryFileSystem target(Direction direction) {
        return direction == Direction.DOWNLOAD ? local : server.files;
    }

    @ParameterizedTest
    @EnumSource
    void aTreeIsCopiedWithItsTimesAndThenNothingIsLeftToDo(Direction direction) throws Exception {
        FakeServer.write(source(direction), THEN, "/a", "/b/c", "/b/d/e", "/.hidden", "/empty/");
        MirrorResult result = run(direction);
        assertThat(result.copied()).isEqualTo(4);
        assertThat(result.directoriesMade()).isEqualTo(3);
        assertThat(result.failed()).isZero();
        assertThat(FakeServer.paths(target(direction))).isEqualTo(FakeServer.paths(source(direction)));
        assertThat(FakeServer.read(target(direction), "/b/d/e")).isEqualTo("content of /b/d/e");
        assertThat(FakeServer.modified(target(direction), "/b/d/e")).isEqualTo(THEN);

        MirrorResult again = run(direction);
        assertThat(again.copied()).isZero();
        assertThat(again.unchanged()).isEqualTo(4);
        assertThat(again.directoriesMade()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whatChangesInSizeOrIsNewerIsCopied(Direction direction) throws Exception {
        FakeServer.write(source(direction), THEN, "/same", "/size=1234", "/newer=new", "/older=old");
        FakeServer.write(target(direction), THEN, "/same", "/size=123", "/newer=???");
        FakeServer.write(target(direction), LATER, "/older=???");
        FakeServer.write(source(direction), LATER, "/newer=new");
        assertThat(run(direction).copied()).isEqualTo(2);
        assertThat(told).containsExactlyInAnyOrder("COPY /size", "COPY /newer");
        options = MirrorOptions.builder()
                .comparison(MirrorComparison.SIZE_OR_TIME)
                .build();
        run(direction);
        assertThat(FakeServer.read(target(direction), "/older")).isEqualTo("old");
    }

    @ParameterizedTest
    @EnumSource
    void sizeAloneCountsIfThatIsWanted(Direction direction) throws Exception {
        options = MirrorOptions.builder().comparison(MirrorComparison.SIZE).build();
        FakeServer.write(source(direction), LATER, "/f=new");
        FakeServer.write(target(direction), THEN, "/f=old");
        assertThat(run(direction).unchanged()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void checksumsTellFilesOfOneSizeAndTimeApart(Direction direction) throws Exception {
        options = MirrorOptions.builder().comparison(MirrorComparison.HASH).build();
        FakeServer.write(source(direction), THEN, "/same=abc", "/other=new");
        FakeServer.write(target(direction), LATER, "/same=abc", "/other=old");
        server.hashes = true;
        MirrorResult result = run(direction);
        assertThat(result.copied()).isEqualTo(1);
        assertThat(result.unchanged()).isEqualTo(1);
        assertThat(FakeServer.read(target(direction), "/other")).isEqualTo("new");
    }

    @ParameterizedTest
    @EnumSource
    void withoutChecksumsTimesCount(Direction direction) throws Exception {
        options = MirrorOptions.builder().comparison(MirrorComparison.HASH).build();
        FakeServer.write(source(direction), THEN, "/same=abc", "/other=new");
        FakeServer.write(target(direction), THEN, "/same=abc");
        FakeServer.write(target(direction), LATER, "/other=old");
        assertThat(run(direction).copied()).isEqualTo(1);
    }

    @Test
    void aTimeThatIsToldToTheDayIsComparedToTheDay() throws Exception {
        server.precision = Duration.ofDays(1);
        options = MirrorOptions.builder()
                .comparison(MirrorComparison.SIZE_OR_TIME)
                .build();
        FakeServer.write(server.files, Instant.parse("2026-01-02T15:00:00Z"), "/f=new");
        FakeServer.write(local, Instant.parse("2026-01-02T09:00:00Z"), "/f=old");
        assertThat(run(Direction.DOWNLOAD).unchanged()).isEqualTo(1);
        FakeServer.write(local, Instant.parse("2026-01-01T23:00:00Z"), "/f=old");
        assertThat(run(Direction.DOWNLOAD).copied()).isEqualTo(1);
    }

    @Test
    void whatIsToldWithoutSizeAndTimeIsCopiedEachTime() throws Exception {
        FakeServer.write(server.files, THEN, "/@f=abc");
        server.added.put("/", List.of(new TreeEntry("@f", FileType.FILE, -1, null, Duration.ZERO)));
        assertThat(run(Direction.DOWNLOAD).copied()).isEqualTo(1);
        assertThat(run(Direction.DOWNLOAD).copied()).isEqualTo(1);
    }

    @Test
    void aServerThatKeepsItsOwnTimesIsNotSentTheSameAgain() throws Exception {
        server.settable = false;
        FakeServer.write(local, THEN, "/f");
        assertThat(run(Direction.UPLOAD).copied()).isEqualTo(1);
        assertThat(run(Direction.UPLOAD).unchanged()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheSourceHasNotIsDeletedOnlyIfThatIsWanted(Direction direction) throws Exception {
        FakeServer.write(source(direction), THEN, "/a", "/d/b");
        FakeServer.write(target(direction), THEN, "/a", "/x", "/d/y", "/z/1", "/z/2/3");
        assertThat(run(direction).deleted()).isZero();
        options = MirrorOptions.builder().deleteExtra(true).build();
        assertThat(run(direction).deleted()).isEqualTo(3);
        assertThat(told).contains("DELETE /x", "DELETE /d/y", "DELETE_DIRECTORY /z");
        assertThat(FakeServer.paths(target(direction))).isEqualTo(FakeServer.paths(source(direction)));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsExcludedIsNeitherCopiedNorDeleted(Direction direction) throws Exception {
        options = MirrorOptions.builder()
                .deleteExtra(true)
                .exclude("*.tmp")
                .exclude("/keep/")
                .build();
        FakeServer.write(source(direction), THEN, "/a", "/a.tmp", "/keep/new");
        FakeServer.write(target(direction), THEN, "/b.tmp", "/keep/mine", "/gone/1", "/half/x.tmp", "/half/y");
        run(direction);
        assertThat(FakeServer.paths(target(direction)))
                .containsExactly("/a", "/b.tmp", "/half/", "/half/x.tmp", "/keep/", "/keep/mine");
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatIsIncludedIsCopiedAndNoDirectoryIsMadeForNothing(Direction direction) throws Exception {
        options = MirrorOptions.builder().include("*.txt").include("/only/**").build();
        FakeServer.write(
                source(direction), THEN, "/a.txt", "/b.bin", "/deep/er/c.txt", "/none/d.bin", "/only/e", "/only/f/g");
        run(direction);
        assertThat(FakeServer.paths(target(direction)))
                .containsExactly(
                        "/a.txt",
                        "/deep/",
                        "/deep/er/",
                        "/deep/er/c.txt",
                        "/only/",
                        "/only/e",
                        "/only/f/",
                        "/only/f/g");
    }

    @ParameterizedTest
    @EnumSource
    void aPlanTellsWhatWouldBeDoneAndDoesNothing(Direction direction) throws Exception {
        options = MirrorOptions.builder().deleteExtra(true).build();
        FakeServer.write(source(direction), THEN, "/a", "/d/b", "/t", "/new/er/f");
        FakeServer.write(target(direction), THEN, "/x", "/d/y", "/z/1", "/t/u");
        List<String> before = FakeServer.paths(target(direction));
        MirrorPlan plan = Mirror.plan(direction, local, server, options, MirrorListener.NONE, this::thread);
        assertThat(FakeServer.paths(target(direction))).isEqualTo(before);
        MirrorResult result = run(direction);
        assertThat(plan.actions().stream().map(action -> action.kind() + " " + action.path()))
                .containsExactlyInAnyOrderElementsOf(told);
        assertThat(plan.counts()).hasToString(result.toString());
    }

    @ParameterizedTest
    @EnumSource
    void fileAndDirectoryChangePlacesOnlyIfSomethingMayBeDeleted(Direction direction) throws Exception {
        FakeServer.write(source(direction), THEN, "/a", "/b/c");
        FakeServer.write(target(direction), THEN, "/a/x", "/b");
        MirrorResult result = run(direction);
        assertThat(result.failed()).isEqualTo(2);
        assertThat(FakeServer.paths(target(direction))).containsExactly("/a/", "/a/x", "/b");
        options = MirrorOptions.builder().deleteExtra(true).build();
        assertThat(run(direction).failed()).isZero();
        assertThat(FakeServer.paths(target(direction))).containsExactly("/a", "/b/", "/b/c");
    }

    @Test
    void whatIsNotUnderstoodIsToldAndNothingIsDeletedThere() throws Exception {
        options = MirrorOptions.builder().deleteExtra(true).build();
        FakeServer.write(server.files, THEN, "/a", "/d/b");
        FakeServer.write(local, THEN, "/x", "/d/y");
        server.notUnderstood.put("/", List.of("what is this"));
        assertThat(run(Direction.DOWNLOAD).skipped()).isEqualTo(1);
        assertThat(told).contains("NOT_UNDERSTOOD / what is this");
        assertThat(FakeServer.paths(local)).containsExactly("/a", "/d/", "/d/b", "/x");
        server.notUnderstood.clear();
        server.unsafe.put("/", List.of("../x"));
        assertThat(run(Direction.DOWNLOAD).skipped()).isEqualTo(1);
        assertThat(told).contains("UNSAFE_NAME / ../x");
        assertThat(FakeServer.paths(local)).contains("/x");
    }

    @Test
    void linksAndSpecialFilesAreToldAndLeftOut() throws Exception {
        options = MirrorOptions.builder().deleteExtra(true).build();
        server.added.put(
                "/",
                List.of(
                        new TreeEntry("link", FileType.SYMBOLIC_LINK, 0, THEN, Duration.ZERO),
                        new TreeEntry("device", FileType.OTHER, 0, THEN, Duration.ZERO)));
        FakeServer.write(local, THEN, "/link=mine");
        assertThat(run(Direction.DOWNLOAD).skipped()).isEqualTo(2);
        assertThat(FakeServer.paths(local)).containsExactly("/link");
        assertThat(told).containsExactlyInAnyOrder("LINK /link", "SPECIAL /device");
    }

    @Test
    void noLocalLinkLeadsOutOfTheTarget(@TempDir Path directory) throws Exception {
        Path root = Files.createDirectory(directory.resolve("root"));
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("file"), "mine");
        Files.createSymbolicLink(root.resolve("d"), outside);
        Files.createSymbolicLink(root.resolve("f"), outside.resolve("file"));
        FakeServer.write(server.files, THEN, "/d/file=theirs", "/d/new", "/f=theirs");
        for (boolean delete : new boolean[] {false, true}) {
            options = MirrorOptions.builder().deleteExtra(delete).build();
            try (PathFileSystem files =
                    PathFileSystem.builder(root).links(LinkPolicy.REFUSE).build()) {
                MirrorResult result = Mirror.run(Direction.DOWNLOAD, files, server, options, listener, this::thread);
                assertThat(result.failed()).isEqualTo(delete ? 0 : 2);
            }
            assertThat(outside).isDirectoryContaining("glob:**/file");
            assertThat(outside.resolve("new")).doesNotExist();
            assertThat(outside.resolve("file")).hasContent("mine");
        }
        assertThat(Files.isSymbolicLink(root.resolve("f"))).isFalse();
        assertThat(root.resolve("f")).hasContent("theirs");
        assertThat(Files.isSymbolicLink(root.resolve("d"))).isFalse();
        assertThat(root.resolve("d/new")).hasContent("content of /d/new");
    }

    @Test
    void localLinksAreNotUploadedNorFollowed(@TempDir Path directory) throws Exception {
        Path root = Files.createDirectory(directory.resolve("root"));
        Files.writeString(directory.resolve("secret"), "mine");
        Files.createSymbolicLink(root.resolve("f"), directory.resolve("secret"));
        Files.createSymbolicLink(root.resolve("d"), directory);
        try (PathFileSystem files = PathFileSystem.of(root)) {
            MirrorResult result = Mirror.run(Direction.UPLOAD, files, server, options, listener, this::thread);
            assertThat(result.skipped()).isEqualTo(2);
        }
        assertThat(FakeServer.paths(server.files)).isEmpty();
    }

    @Test
    void aTreeWithoutAnEndIsLeftAtTheDepthThatIsSet() throws Exception {
        options = MirrorOptions.builder().maxDepth(5).build();
        String path = "";
        for (int i = 0; i < 20; i++) {
            path += "/d";
        }
        FakeServer.write(server.files, THEN, path + "/f", "/d/f");
        MirrorResult result = run(Direction.DOWNLOAD);
        assertThat(result.directoriesMade()).isEqualTo(4);
        assertThat(told).contains("TOO_DEEP /d/d/d/d/d");
    }

    @ParameterizedTest
    @EnumSource
    void aDirectoryOfMoreEntriesThanMayBeFailsAndTheOthersAreMirrored(Direction direction) throws Exception {
        options = MirrorOptions.builder().maxEntries(10).deleteExtra(true).build();
        for (int i = 0; i < 11; i++) {
            FakeServer.write(source(direction), THEN, "/big/" + i);
            FakeServer.write(target(direction), THEN, "/extra/" + i);
            if (i < 10) {
                FakeServer.write(source(direction), THEN, "/full/" + i);
            }
        }
        MirrorResult result = run(direction);
        assertThat(result.failed()).isEqualTo(2);
        assertThat(result.failures())
                .allSatisfy(failure -> assertThat(failure.cause()).hasMessageContaining("more than 10 entries"));
        assertThat(FakeServer.paths(target(direction)))
                .contains("/full/9", "/extra/10")
                .doesNotContain("/big/0");
    }

    @ParameterizedTest
    @EnumSource
    void asManyFilesAreUnderWayAsThereMayBeConnections(Direction direction) throws Exception {
        options = MirrorOptions.builder().parallel(4).build();
        for (int i = 0; i < 40; i++) {
            FakeServer.write(source(direction), THEN, "/" + i);
        }
        CyclicBarrier barrier = new CyclicBarrier(4);
        server.trouble = (operation, path, connection) -> {
            if (operation.endsWith("load")) {
                try {
                    barrier.await(60, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
        };
        assertThat(run(direction).copied()).isEqualTo(40);
        assertThat(server.mostOpen).hasValue(4);
        assertThat(server.connections).hasValue(4);
    }

    @Test
    void aServerThatLetsFewerInIsServedByThose() throws Exception {
        options = MirrorOptions.builder().parallel(8).build();
        server.limit = 2;
        for (int i = 0; i < 100; i++) {
            FakeServer.write(server.files, THEN, "/d" + i % 7 + "/" + i);
        }
        MirrorResult result = run(Direction.DOWNLOAD);
        assertThat(result.copied()).isEqualTo(100);
        assertThat(result.failed()).isZero();
    }

    @Test
    void withoutAnyConnectionItFails() {
        server.limit = 0;
        assertThatThrownBy(() -> run(Direction.DOWNLOAD)).hasMessage("421 too many connections");
    }

    @Test
    void withoutTheSourcesRootItFails() {
        server.trouble = (operation, path, connection) -> {
            throw new NoSuchFileException(path.toString());
        };
        assertThatThrownBy(() -> run(Direction.DOWNLOAD)).isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatFailsKeepsNoOtherFromBeingCopied(Direction direction) throws Exception {
        FakeServer.write(source(direction), THEN, "/a", "/b", "/c/d", "/e/f");
        server.trouble = (operation, path, connection) -> {
            if (path.toString().equals("/b") || path.toString().equals("/c")) {
                throw new IOException("550 no");
            }
        };
        MirrorResult result = run(direction);
        assertThat(result.failures()).extracting(failure -> failure.path()).containsExactlyInAnyOrder("/b", "/c");
        assertThat(result.copied()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void whatBreaksIsTriedAgainOverANewConnection(Direction direction) throws Exception {
        options = MirrorOptions.builder().attempts(3).build();
        FakeServer.write(source(direction), THEN, "/a", "/d/b", "/never");
        Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
        server.trouble = (operation, path, connection) -> {
            if (path.segments().isEmpty() || operation.equals("mfmt") || operation.equals("mkdir")) {
                return;
            }
            int count = tries.computeIfAbsent(path.toString(), key -> new AtomicInteger())
                    .incrementAndGet();
            if (count < 3 || path.toString().equals("/never")) {
                connection.broken = true;
                throw new FakeServer.Passing();
            }
        };
        MirrorResult result = run(direction);
        assertThat(result.copied()).isEqualTo(2);
        assertThat(result.failures()).extracting(failure -> failure.path()).containsExactly("/never");
        assertThat(tries.get("/never")).hasValue(3);
    }

    @Test
    void aDirectoryThatIsReadAgainIsNotDoneTwice() throws Exception {
        FakeServer.write(server.files, THEN, "/d/a", "/d/b");
        AtomicInteger lists = new AtomicInteger();
        server.trouble = (operation, path, connection) -> {
            if (operation.equals("list") && path.toString().equals("/d") && lists.incrementAndGet() == 1) {
                throw new FakeServer.Passing();
            }
        };
        MirrorResult result = run(Direction.DOWNLOAD);
        assertThat(result.copied()).isEqualTo(2);
        assertThat(result.directoriesMade()).isEqualTo(1);
    }

    @Test
    void aDownloadThatBreaksLeavesWhatWasThere() throws Exception {
        FakeServer.write(server.files, LATER, "/f=new content");
        FakeServer.write(local, THEN, "/f=old");
        server.trouble = (operation, path, connection) -> {
            if (operation.equals("download")) {
                throw new IOException("426 cut");
            }
        };
        assertThat(run(Direction.DOWNLOAD).failed()).isEqualTo(1);
        assertThat(FakeServer.paths(local)).containsExactly("/f");
        assertThat(FakeServer.read(local, "/f")).isEqualTo("old");
    }

    @Test
    void anInterruptEndsItAndClosesItsConnections() throws Exception {
        for (int i = 0; i < 10; i++) {
            FakeServer.write(server.files, THEN, "/" + i);
        }
        CountDownLatch hanging = new CountDownLatch(2);
        server.trouble = (operation, path, connection) -> {
            if (operation.equals("download")) {
                hanging.countDown();
                connection.hang();
            }
        };
        FutureTask<MirrorResult> mirror = new FutureTask<>(() -> run(Direction.DOWNLOAD));
        Thread caller = new Thread(mirror, "caller");
        caller.start();
        assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        assertThatThrownBy(() -> mirror.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        caller.join(60_000);
    }

    @Test
    void whatTheListenerThrowsEndsIt() throws Exception {
        FakeServer.write(server.files, THEN, "/a", "/b");
        MirrorListener angry = new MirrorListener() {
            @Override
            public void done(MirrorAction action) {
                throw new IllegalStateException("enough");
            }
        };
        assertThatThrownBy(() -> Mirror.run(Direction.DOWNLOAD, local, server, options, angry, this::thread))
                .hasMessage("enough");
    }

    @Test
    void aPlanKeepsAsManyActionsAsItSays() throws Exception {
        List<TreeEntry> many = new ArrayList<>();
        for (int i = 0; i < Mirror.MAX_PLANNED + 10; i++) {
            many.add(new TreeEntry("f" + i, FileType.FILE, 1, THEN, Duration.ZERO));
        }
        server.added.put("/", many);
        MirrorPlan plan = Mirror.plan(Direction.DOWNLOAD, local, server, options, MirrorListener.NONE, this::thread);
        assertThat(plan.actions()).hasSize(Mirror.MAX_PLANNED);
        assertThat(plan.counts().copied()).isEqualTo(Mirror.MAX_PLANNED + 10L);
    }
}
