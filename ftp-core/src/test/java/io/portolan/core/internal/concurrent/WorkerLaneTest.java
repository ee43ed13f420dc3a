package io.portolan.core.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WorkerLaneTest {

    /** Runs what it was given when the test says so. */
    private static final class HandDriven implements Executor {
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private boolean refusing;
        private boolean broken;

        @Override
        public void execute(Runnable task) {
            if (refusing) {
                throw new RejectedExecutionException("no more");
            }
            if (broken) {
                throw new OutOfMemoryError("unable to create a thread");
            }
            tasks.add(task);
        }

        /** Runs one task, as one thread of a pool would; returns whether there was one. */
        boolean runOne() {
            Runnable task = tasks.poll();
            if (task == null) {
                return false;
            }
            task.run();
            return true;
        }
    }

    private final HandDriven executor = new HandDriven();
    private final WorkerLane lane = new WorkerLane(executor, 100);
    private final List<String> ran = new ArrayList<>();

    private Runnable step(String name) {
        return () -> ran.add(name);
    }

    @Test
    void tasksRunInTheirOrder() {
        lane.execute(step("a"));
        lane.execute(step("b"));
        executor.runOne();
        lane.execute(step("c"));
        executor.runOne();

        assertThat(ran).containsExactly("a", "b", "c");
        assertThat(lane.pending()).isZero();
    }

    @Test
    void aBurstOfTasksCostsOneHop() {
        for (int i = 0; i < WorkerLane.TASKS_PER_TURN; i++) {
            lane.execute(step("task"));
        }

        assertThat(executor.tasks).hasSize(1);
        executor.runOne();
        assertThat(ran).hasSize(WorkerLane.TASKS_PER_TURN);
        assertThat(executor.tasks).isEmpty();
    }

    @Test
    void aBusyLaneStandsInLineAgainBehindOthers() {
        WorkerLane other = new WorkerLane(executor);
        for (int i = 0; i <= WorkerLane.TASKS_PER_TURN; i++) {
            lane.execute(step("busy"));
        }
        other.execute(step("other"));

        executor.runOne();
        assertThat(ran).hasSize(WorkerLane.TASKS_PER_TURN).doesNotContain("other");
        executor.runOne();
        assertThat(ran).endsWith("other");
        executor.runOne();
        assertThat(ran).hasSize(WorkerLane.TASKS_PER_TURN + 2).endsWith("busy");
    }

    @Test
    void beyondTheLimitTasksAreRefused() {
        WorkerLane small = new WorkerLane(executor, 2);
        small.execute(step("a"));
        small.execute(step("b"));

        assertThatThrownBy(() -> small.execute(step("c")))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("the limit is 2");
        assertThat(small.pending()).isEqualTo(2);
        executor.runOne();
        small.execute(step("d"));
        executor.runOne();
        assertThat(ran).containsExactly("a", "b", "d");
    }

    @Test
    void aTaskThatThrowsDoesNotStopTheLane() {
        lane.execute(() -> {
            throw new IllegalStateException("broken");
        });
        lane.execute(() -> {
            throw new AssertionError("worse");
        });
        lane.execute(step("after"));
        executor.runOne();

        assertThat(ran).containsExactly("after");
    }

    @Test
    void aTaskMayQueueAnother() {
        lane.execute(() -> lane.execute(step("inner")));
        executor.runOne();

        assertThat(ran).containsExactly("inner");
    }

    @Test
    void anInterruptThatComesTooLateDoesNotHitTheNextTask() {
        AtomicBoolean hit = new AtomicBoolean(true);
        lane.execute(() -> Thread.currentThread().interrupt());
        lane.execute(() -> hit.set(Thread.currentThread().isInterrupted()));
        executor.runOne();

        assertThat(hit).isFalse();
    }

    @Test
    void closingRunsWhatIsQueuedThenTheLastTaskAndTakesNoMore() {
        lane.execute(step("a"));
        lane.execute(step("b"));
        assertThat(lane.close(step("last"))).isTrue();
        assertThat(lane.close(step("another last"))).isFalse();
        assertThatThrownBy(() -> lane.execute(step("late"))).isInstanceOf(RejectedExecutionException.class);
        while (executor.runOne()) {}

        assertThat(ran).containsExactly("a", "b", "last");
        assertThatThrownBy(() -> lane.execute(step("late"))).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aFullLaneCanBeClosed() {
        WorkerLane small = new WorkerLane(executor, 1);
        small.execute(step("a"));
        small.close(step("last"));
        while (executor.runOne()) {}

        assertThat(ran).containsExactly("a", "last");
    }

    @Test
    void whatTheExecutorRefusesFailsClearly() {
        executor.refusing = true;

        assertThatThrownBy(() -> lane.execute(step("a")))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("takes no more tasks");
        assertThat(lane.pending()).isZero();
        executor.refusing = false;
        lane.execute(step("b"));
        executor.runOne();
        assertThat(ran).containsExactly("b");
    }

    @Test
    void theLastTaskRunsEvenIfTheExecutorRefuses() {
        executor.refusing = true;
        lane.close(step("last"));

        assertThat(ran).containsExactly("last");
    }

    @Test
    void anExecutorThatEndsInTheMiddleOfABurstLosesNothing() {
        for (int i = 0; i < 2 * WorkerLane.TASKS_PER_TURN; i++) {
            lane.execute(step("task"));
        }
        executor.refusing = true;
        executor.runOne();

        assertThat(ran).hasSize(2 * WorkerLane.TASKS_PER_TURN);
    }

    @Test
    void anExecutorThatBreaksInTheMiddleOfABurstLosesNothing() {
        for (int i = 0; i < 2 * WorkerLane.TASKS_PER_TURN; i++) {
            lane.execute(step("task"));
        }
        executor.broken = true;
        executor.runOne();

        assertThat(ran).hasSize(2 * WorkerLane.TASKS_PER_TURN);
        assertThat(lane.pending()).isZero();
    }

    @Test
    void whatGivesSomethingBackIsCalledEvenIfTheLaneIsFull() {
        WorkerLane small = new WorkerLane(executor, 1);
        small.execute(step("a"));
        small.callAlways(() -> ran.add("close"), ImmediateEventExecutor.INSTANCE, (done, failure) -> ran.add("told"));
        while (executor.runOne()) {}

        assertThat(ran).containsExactly("a", "close", "told");
    }

    @Test
    void whatGivesSomethingBackIsCalledEvenIfTheExecutorRefuses() {
        executor.refusing = true;
        lane.callAlways(() -> ran.add("close"), ImmediateEventExecutor.INSTANCE, (done, failure) -> ran.add("told"));

        assertThat(ran).containsExactly("close", "told");
        assertThat(lane.pending()).isZero();
    }

    @Test
    void whatGivesSomethingBackIsCalledEvenIfTheLaneIsClosed() {
        lane.close(step("last"));
        while (executor.runOne()) {}
        lane.callAlways(() -> ran.add("close"), ImmediateEventExecutor.INSTANCE, (done, failure) -> ran.add("told"));

        assertThat(ran).containsExactly("last", "close", "told");
    }

    @Test
    void theOutcomeOfACallIsToldOnTheEventLoop() throws Exception {
        EventExecutor loop = new DefaultEventExecutor();
        ExecutorService workers = Executors.newSingleThreadExecutor();
        try {
            WorkerLane real = new WorkerLane(workers);
            CompletableFuture<String> value = new CompletableFuture<>();
            real.<String>call(
                    () -> "read", loop, (result, failure) -> value.complete(result + " " + loop.inEventLoop()));
            assertThat(value.get()).isEqualTo("read true");

            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            real.<String>call(
                    () -> {
                        throw new IOException("gone");
                    },
                    loop,
                    (result, failure) -> thrown.complete(failure));
            assertThat(thrown.get()).isInstanceOf(IOException.class).hasMessage("gone");

            CompletableFuture<Throwable> refused = new CompletableFuture<>();
            real.close(() -> {});
            real.<String>call(() -> "late", loop, (result, failure) -> refused.complete(failure));
            assertThat(refused.get()).isInstanceOf(RejectedExecutionException.class);
        } finally {
            workers.shutdown();
            loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
        }
    }

    @Test
    void aRefusedExecutorIsToldToTheCallToo() throws Exception {
        EventExecutor loop = new DefaultEventExecutor();
        try {
            executor.refusing = true;
            CompletableFuture<Throwable> refused = new CompletableFuture<>();
            lane.<String>call(() -> "never", loop, (result, failure) -> refused.complete(failure));
            assertThat(refused.get()).isInstanceOf(RejectedExecutionException.class);
        } finally {
            loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
        }
    }

    @Test
    void whatIsOpenedForAnEventLoopThatHasEndedIsClosed() throws Exception {
        EventExecutor loop = new DefaultEventExecutor();
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
        AtomicBoolean closed = new AtomicBoolean();
        AtomicBoolean told = new AtomicBoolean();
        lane.<AutoCloseable>call(() -> () -> closed.set(true), loop, (result, failure) -> told.set(true));
        executor.runOne();

        assertThat(closed).isTrue();
        assertThat(told).isFalse();
    }

    @Test
    void whoWaitsForACallWhoseEventLoopHasEndedHearsThatItIsLostHoweverItEnds() throws Exception {
        EventExecutor loop = new DefaultEventExecutor();
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
        AtomicInteger lost = new AtomicInteger();
        Completion<String> completion = new Completion<>() {
            @Override
            public void done(@Nullable String value, @Nullable Throwable failure) {
                throw new AssertionError("nobody can be told");
            }

            @Override
            public void lost() {
                lost.incrementAndGet();
            }
        };
        lane.call(() -> "done", loop, completion);
        lane.callAlways(
                () -> {
                    throw new IOException("failed");
                },
                loop,
                completion);
        executor.runOne();
        assertThat(lost).hasValue(2);

        executor.refusing = true;
        lane.call(() -> "never", loop, completion);
        assertThat(lost).hasValue(3);
    }

    @Test
    void manyProducersLoseNothingAndNeverMeet() throws Exception {
        int producers = 4;
        int each = 20_000;
        ExecutorService workers = Executors.newFixedThreadPool(3);
        try {
            WorkerLane busy = new WorkerLane(workers, producers * each);
            int[] count = new int[1];
            int[] last = new int[producers];
            AtomicBoolean met = new AtomicBoolean();
            AtomicInteger inside = new AtomicInteger();
            List<Thread> threads = IntStream.range(0, producers)
                    .mapToObj(producer -> new Thread(() -> {
                        for (int i = 1; i <= each; i++) {
                            int number = i;
                            busy.execute(() -> {
                                if (inside.incrementAndGet() != 1 || last[producer] != number - 1) {
                                    met.set(true);
                                }
                                last[producer] = number;
                                count[0]++;
                                inside.decrementAndGet();
                            });
                        }
                    }))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            CountDownLatch done = new CountDownLatch(1);
            busy.close(done::countDown);
            done.await();

            assertThat(met).isFalse();
            assertThat(count[0]).isEqualTo(producers * each);
            await().until(() -> busy.pending() == 0);
        } finally {
            workers.shutdown();
        }
    }
}
