package io.portolan.core.internal.concurrent;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue of tasks that run one after another on some thread of an executor: what one task wrote, the next sees. A burst of tasks costs one hop to the
 * executor, not one each. Without a lock, and small when idle. Safe to use from any thread.
 */
public final class WorkerLane {

    private static final Logger LOGGER = LoggerFactory.getLogger(WorkerLane.class);

    /** How many tasks may wait by default: more than any session may pipeline, few enough to be a bound. */
    public static final int DEFAULT_LIMIT = 1024;

    /** How many tasks a lane runs in one go before it stands in line again, so that a busy session does not keep a worker from the others. */
    static final int TASKS_PER_TURN = 32;

    /** The bit of {@link #state} that says that no more tasks are taken; the bits below count the tasks queued or running. */
    private static final int CLOSED = 1 << 30;

    private final Executor executor;
    private final int limit;
    private final AtomicInteger state = new AtomicInteger();

    /** The queue: producers swap the tail and then link to it, the one consumer follows the links from the head, which is a task already run. */
    private final AtomicReference<Node> tail;

    private Node head;

    /** A task in the queue. */
    private abstract static class Node implements Runnable {
        private volatile @Nullable Node next;

        /** The task will never run, since the executor has refused. */
        abstract void refused(RejectedExecutionException cause);
    }

    /**
     * Makes a lane with {@link #DEFAULT_LIMIT}.
     *
     * @param executor what runs the tasks
     */
    public WorkerLane(Executor executor) {
        this(executor, DEFAULT_LIMIT);
    }

    /**
     * Makes a lane.
     *
     * @param executor what runs the tasks
     * @param limit how many tasks may be queued or running at a time, 1 or more
     */
    public WorkerLane(Executor executor, int limit) {
        if (limit < 1 || limit >= CLOSED) {
            throw new IllegalArgumentException("limit: " + limit + " is out of range");
        }
        this.executor = executor;
        this.limit = limit;
        this.head = new Task(() -> {});
        this.tail = new AtomicReference<>(head);
    }

    /**
     * Queues a task. What it throws is logged.
     *
     * @param task what to run
     * @throws RejectedExecutionException if the lane is full or closed, or the executor refuses; then the task does not run
     */
    public void execute(Runnable task) {
        RejectedExecutionException refusal = enqueue(new Task(task), false, false);
        if (refusal != null) {
            throw refusal;
        }
    }

    /**
     * Queues a call whose outcome is told on an event loop. Always told, once, and never before this method has returned if it is called on that loop;
     * only if the loop has ended it is {@linkplain Completion#lost lost}, and then a value that is {@link AutoCloseable} is closed.
     *
     * @param task what to call
     * @param back where to tell the outcome
     * @param completion whom to tell
     * @param <T> what comes out
     */
    public <T> void call(Callable<? extends T> task, EventExecutor back, Completion<? super T> completion) {
        enqueue(new Call<>(task, back, completion, false));
    }

    /**
     * The same for a call that gives something back, such as the closing of a file: it is made whatever the limit is, and should the executor refuse or the lane be
     * closed, on the calling thread.
     *
     * @param task what to call
     * @param back where to tell the outcome
     * @param completion whom to tell
     * @param <T> what comes out
     */
    public <T> void callAlways(Callable<? extends T> task, EventExecutor back, Completion<? super T> completion) {
        enqueue(new Call<>(task, back, completion, true));
    }

    private void enqueue(Call<?> call) {
        RejectedExecutionException refusal = enqueue(call, call.always, false);
        if (refusal != null) {
            call.refused(refusal);
        }
    }

    /**
     * Takes no more tasks; those that are queued run, then one last. Should the executor refuse, the last one runs on the calling thread, as it gives back what
     * the session has held. Only the first call counts.
     *
     * @param afterwards the last task
     * @return whether this was the first call
     */
    public boolean close(Runnable afterwards) {
        Last last = new Last(afterwards);
        RejectedExecutionException refusal = enqueue(last, true, true);
        if (refusal instanceof AlreadyClosed) {
            return false;
        }
        if (refusal != null) {
            last.refused(refusal);
        }
        return true;
    }

    /**
     * How many tasks there are.
     *
     * @return the number of tasks queued or running
     */
    public int pending() {
        return state.get() & ~CLOSED;
    }

    /** Returns why the node was not queued, or {@code null} if it was. */
    private @Nullable RejectedExecutionException enqueue(Node node, boolean always, boolean last) {
        int before;
        // Counted in before it is queued, so that the consumer knows how many links it may wait for.
        do {
            before = state.get();
            if ((before & CLOSED) != 0) {
                return new AlreadyClosed();
            }
            if (!always && before >= limit) {
                return new RejectedExecutionException("too many tasks are waiting: the limit is " + limit);
            }
        } while (!state.compareAndSet(before, last ? (before + 1) | CLOSED : before + 1));
        Node previous = tail.getAndSet(node);
        previous.next = node;
        return before == 0 ? schedule(node) : null;
    }

    private @Nullable RejectedExecutionException schedule(Node first) {
        try {
            executor.execute(this::turn);
            return null;
        } catch (Throwable e) {
            RejectedExecutionException refusal =
                    new RejectedExecutionException("the workers' executor takes no more tasks: " + e, e);
            refuseAll(first, refusal);
            return refusal;
        }
    }

    /** The first is its producer's to refuse, who is waiting to hear of it; those that came behind it were already taken. */
    private void refuseAll(Node first, RejectedExecutionException cause) {
        do {
            Node node = take();
            if (node != first) {
                guarded(() -> node.refused(cause));
            }
        } while (!finishedOne());
    }

    private void turn() {
        int ran = 0;
        while (true) {
            Node node = take();
            guarded(node);
            // An interrupt that came too late for its task must not hit the next: it would close that one's file.
            Thread.interrupted();
            if (finishedOne()) {
                return;
            }
            if (++ran == TASKS_PER_TURN) {
                try {
                    executor.execute(this::turn);
                    return;
                } catch (Throwable e) {
                    // The executor is ending, or no thread can be had; what is queued still runs, here.
                    ran = 0;
                }
            }
        }
    }

    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            LOGGER.error("A task failed", e);
        }
    }

    private boolean finishedOne() {
        return (state.decrementAndGet() & ~CLOSED) == 0;
    }

    private Node take() {
        Node next = head.next;
        while (next == null) {
            // Counted in, but its producer has not come to link it yet.
            Thread.onSpinWait();
            next = head.next;
        }
        head = next;
        return next;
    }

    private static final class AlreadyClosed extends RejectedExecutionException {
        private static final long serialVersionUID = 1;

        AlreadyClosed() {
            super("the session is closing");
        }
    }

    private static final class Task extends Node {
        private @Nullable Runnable task;

        Task(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            Runnable run = task;
            task = null;
            if (run != null) {
                run.run();
            }
        }

        @Override
        void refused(RejectedExecutionException cause) {
            LOGGER.warn("A task is lost: {}", cause.getMessage());
            task = null;
        }
    }

    private static final class Last extends Node {
        private @Nullable Runnable afterwards;

        Last(Runnable afterwards) {
            this.afterwards = afterwards;
        }

        @Override
        public void run() {
            Runnable run = afterwards;
            afterwards = null;
            if (run != null) {
                run.run();
            }
        }

        @Override
        void refused(RejectedExecutionException cause) {
            guarded(this);
        }
    }

    private static final class Call<T> extends Node {
        private @Nullable Callable<? extends T> task;
        private final EventExecutor back;
        private final boolean always;
        private @Nullable Completion<? super T> completion;
        private @Nullable T value;
        private @Nullable Throwable failure;

        Call(Callable<? extends T> task, EventExecutor back, Completion<? super T> completion, boolean always) {
            this.task = task;
            this.back = back;
            this.completion = completion;
            this.always = always;
        }

        @Override
        public void run() {
            Callable<? extends T> call = task;
            task = null;
            if (call == null) {
                return;
            }
            try {
                value = call.call();
            } catch (Throwable e) {
                failure = e;
            }
            tell();
        }

        @Override
        void refused(RejectedExecutionException cause) {
            if (always) {
                run();
                return;
            }
            task = null;
            failure = cause;
            tell();
        }

        private void tell() {
            try {
                back.execute(this::deliver);
            } catch (RejectedExecutionException e) {
                LOGGER.debug("The event loop has ended before it could be told of a call's outcome");
                drop();
            }
        }

        private void deliver() {
            Completion<? super T> told = completion;
            T result = value;
            completion = null;
            value = null;
            if (told != null) {
                told.done(result, failure);
            }
        }

        private void drop() {
            T dropped = value;
            Completion<? super T> lost = completion;
            completion = null;
            value = null;
            if (lost != null) {
                lost.lost();
            }
            if (dropped instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    LOGGER.debug("Could not close what nobody waits for any more", e);
                }
            }
        }
    }
}
