package io.portolan.ftp.server.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream.Part;
import io.portolan.fs.FileInfo;
import io.portolan.testing.Patience;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntryHelperTest {

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    @AfterEach
    void end() throws InterruptedException {
        workers.shutdownNow();
        assertThat(workers.awaitTermination(Patience.MILLIS, TimeUnit.MILLISECONDS))
                .isTrue();
    }

    private static void meet(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await(Patience.MILLIS, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            throw new IOException("nobody else came", e);
        }
    }

    private static List<DirectoryEntry> entry(String name) {
        return List.of(new DirectoryEntry(name, FileInfo.file(1, Instant.EPOCH)));
    }

    private static List<Part> parts(int count) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "file" + i;
            parts.add(() -> entry(name));
        }
        return parts;
    }

    private static List<String> names(List<List<DirectoryEntry>> made) {
        return made.stream().flatMap(List::stream).map(DirectoryEntry::name).toList();
    }

    @Test
    void twoThreadsLookUpAtTheSameTime() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        Part meeting = () -> {
            meet(both);
            return entry(Thread.currentThread().getName());
        };
        EntryHelper helper = new EntryHelper(workers, false);
        assertThat(names(helper.entries(List.of(meeting, meeting)))).doesNotHaveDuplicates();
    }

    @Test
    void theEntriesKeepTheirOrderWhoeverLooksThemUp() throws Exception {
        EntryHelper helper = new EntryHelper(workers, false);
        List<String> expected = names(new EntryHelper(waiting::add, true).entries(parts(500)));
        for (int i = 0; i < 50; i++) {
            assertThat(names(helper.entries(parts(500)))).isEqualTo(expected);
        }
    }

    @Test
    void aListingGoesOnAloneWhileAllWorkersAreBusyAndAsksOnlyOnce() throws Exception {
        EntryHelper helper = new EntryHelper(waiting::add, false);
        for (int i = 0; i < 100; i++) {
            assertThat(helper.entries(parts(4))).hasSize(4);
        }
        assertThat(waiting).hasSize(1);
        waiting.remove().run();
        assertThat(names(helper.entries(parts(3)))).containsExactly("file0", "file1", "file2");
        assertThat(waiting).hasSize(1);
    }

    @Test
    void aListingGoesOnAloneWhenTheWorkersTakeNothingMore() throws Exception {
        EntryHelper helper = new EntryHelper(
                task -> {
                    throw new RejectedExecutionException("stopped");
                },
                false);
        assertThat(names(helper.entries(parts(2)))).containsExactly("file0", "file1");
        assertThat(names(helper.entries(parts(2)))).containsExactly("file0", "file1");
    }

    @Test
    void nobodyIsAskedForASinglePartNorOnOneProcessor() throws Exception {
        new EntryHelper(waiting::add, false).entries(parts(1));
        new EntryHelper(waiting::add, true).entries(parts(9));
        assertThat(new EntryHelper(waiting::add, false).entries(List.of())).isEmpty();
        assertThat(waiting).isEmpty();
    }

    @Test
    void aPartThatFailsFailsTheListing() {
        IOException broken = new IOException("broken");
        List<Part> parts = parts(300);
        parts.set(200, () -> {
            throw broken;
        });
        assertThatThrownBy(() -> new EntryHelper(workers, false).entries(parts)).isSameAs(broken);
        assertThatThrownBy(() -> new EntryHelper(workers, true).entries(parts)).isSameAs(broken);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void anExceptionThatNobodyHasDeclaredFailsTheListingToo() {
        TimeoutException undeclared = new TimeoutException("the store is slow");
        List<Part> parts = parts(3);
        parts.set(1, () -> {
            EntryHelperTest.<RuntimeException>sneak(undeclared);
            return entry("never");
        });
        assertThatThrownBy(() -> new EntryHelper(workers, false).entries(parts))
                .isInstanceOf(IOException.class)
                .hasCause(undeclared);
    }

    @Test
    void anAbortDoesNotWaitForTheOtherThread() throws Exception {
        CyclicBarrier begun = new CyclicBarrier(2);
        CyclicBarrier released = new CyclicBarrier(2);
        Thread asking = Thread.currentThread();
        Part part = () -> {
            meet(begun);
            if (Thread.currentThread() == asking) {
                asking.interrupt();
            } else {
                meet(released);
            }
            return List.of();
        };
        EntryHelper helper = new EntryHelper(workers, false);
        assertThatThrownBy(() -> helper.entries(List.of(part, part))).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        meet(released);
    }
}
