package io.portolan.core.internal.transport;

import io.portolan.transport.TransportOptions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Workers that live as long as their endpoint: a pool of platform threads, or virtual threads where there are such. */
final class OwnWorkers implements Workers {

    /** How long a thread without work is kept: longer than the pause between two commands of a busy session. */
    private static final long KEEP_ALIVE_SECONDS = 10;

    /** The threads that must end, of either sort. */
    interface Population {
        boolean contains(Thread thread);

        boolean join(long deadline) throws InterruptedException;

        void interruptAll();

        Set<Thread> alive();
    }

    private final ExecutorService executor;
    private final Population threads;
    private final String description;

    private OwnWorkers(ExecutorService executor, Population threads, String description) {
        this.executor = executor;
        this.threads = threads;
        this.description = description;
    }

    static OwnWorkers start(TransportOptions options, String prefix) {
        Optional<VirtualThreads> virtual =
                options.virtualThreads() ? VirtualThreads.ofThisJvm(prefix) : Optional.empty();
        return virtual.map(threads -> new OwnWorkers(threads.executor(), threads, "virtual threads as workers"))
                .orElseGet(() -> pool(options.workerThreads(), prefix));
    }

    private static OwnWorkers pool(int max, String prefix) {
        OwnThreads threads = OwnThreads.plain(prefix);
        // One thread stays: were the last to leave just when a task is queued, nobody would run it.
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1, max, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new HandOver(), threads, OwnWorkers::queue);
        return new OwnWorkers(pool, threads, "up to " + max + " workers");
    }

    /**
     * Takes a task only if there is an idle thread for it; if not, the pool makes another thread, or if it may not, comes to {@link #queue}. A thread that parks and wakes
     * by this queue's lock costs half the processor time of one that waits in a LinkedTransferQueue, as measured with short reads.
     */
    private static final class HandOver extends LinkedBlockingQueue<Runnable> {
        private static final long serialVersionUID = 1;

        /** Threads that wait less tasks that are queued; below zero it is a backlog. */
        private final AtomicInteger idle = new AtomicInteger();

        @Override
        public boolean offer(Runnable task) {
            return claimIdle() && super.offer(task);
        }

        void enqueue(Runnable task) {
            idle.decrementAndGet();
            super.offer(task);
        }

        private boolean claimIdle() {
            int now = idle.get();
            while (now > 0 && !idle.compareAndSet(now, now - 1)) {
                now = idle.get();
            }
            return now > 0;
        }

        @Override
        public Runnable take() throws InterruptedException {
            idle.incrementAndGet();
            try {
                return super.take();
            } catch (InterruptedException e) {
                idle.decrementAndGet();
                throw e;
            }
        }

        @Override
        public @Nullable Runnable poll(long timeout, TimeUnit unit) throws InterruptedException {
            idle.incrementAndGet();
            try {
                Runnable task = super.poll(timeout, unit);
                // Time is up, yet if no idle thread is left to be claimed a task has just been queued for this one.
                return task != null || claimIdle() ? task : super.take();
            } catch (InterruptedException e) {
                idle.decrementAndGet();
                throw e;
            }
        }
    }

    private static void queue(Runnable task, ThreadPoolExecutor pool) {
        if (pool.isShutdown()) {
            throw stopped();
        }
        ((HandOver) pool.getQueue()).enqueue(task);
        if (pool.isShutdown() && pool.remove(task)) {
            throw stopped();
        }
    }

    private static RejectedExecutionException stopped() {
        return new RejectedExecutionException("the workers have been stopped");
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public boolean owns(Thread thread) {
        return threads.contains(thread);
    }

    @Override
    public boolean stop(long deadline) throws InterruptedException {
        executor.shutdown();
        return executor.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS) && threads.join(deadline);
    }

    @Override
    public void interrupt() {
        threads.interruptAll();
    }

    @Override
    public Set<Thread> alive() {
        return threads.alive();
    }
}
