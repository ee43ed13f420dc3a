package io.portolan.core.internal.transport;

import io.portolan.transport.TransportOptions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

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

    /** Gives a task to an idle thread or to none: then the pool makes another thread, or if it may not, comes to {@link #queue}. */
    private static final class HandOver extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }

        void enqueue(Runnable task) {
            super.offer(task);
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
