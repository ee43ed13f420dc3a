package io.portolan.core.internal.crew;

import io.portolan.core.internal.concurrent.Backoff;
import io.portolan.transfer.FileTransferException;
import io.portolan.transfer.RetryPolicy;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Workers that share what there is to do, each over a connection of its own. One begins; others join as long as there is more to do than they have hands, and each opens its connection when it has its first task. If
 * the server lets no more in, those that are in go on; the last that has lost its connection tries for a while to get another. Used once.
 *
 * @param <C> a connection, which may be closed by any thread, and that ends what is under way on it
 * @param <T> a task
 */
public final class Crew<C extends Closeable, T> {

    /** Opens connections. */
    @FunctionalInterface
    public interface Connector<C> {
        C connect() throws IOException;
    }

    /** For the end of workers whose connections have been closed. What blocks longer does so in code of the user's. */
    private static final long JOIN_MILLIS = 10_000;

    /** Where one was refused, one more is tried after this time: others' connections end as well. */
    private static final long TRY_MORE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Connector<C> connector;
    private final CrewWork<C, T> work;
    private final CrewQueue<T> queue;
    private final int most;
    private final RetryPolicy reconnect;
    private final ThreadFactory threads;
    private final List<Thread> workers = new ArrayList<>();
    private final List<C> open = new ArrayList<>();
    private int alive;
    private boolean connected;
    private boolean full;
    private long refusedAt;
    private boolean stopped;
    private @Nullable Throwable fatal;

    /**
     * A crew that has not begun.
     *
     * @param connector opens the connections, each closed at the end
     * @param most connections at a time
     * @param reconnect how the last one comes by another connection
     * @param threads makes the workers, all of which have ended when {@link #run} returns
     */
    public Crew(Connector<C> connector, CrewWork<C, T> work, int most, RetryPolicy reconnect, ThreadFactory threads) {
        this.connector = connector;
        this.work = work;
        this.queue = work.queue();
        this.most = most;
        this.reconnect = reconnect;
        this.threads = threads;
    }

    /**
     * Does all there is to do; blocks.
     *
     * @throws IOException if there is no connection, or the work says so
     * @throws InterruptedException if this thread is interrupted; then all connections are closed
     */
    public void run() throws IOException, InterruptedException {
        startWorker();
        try {
            synchronized (this) {
                while (alive > 0) {
                    wait();
                }
            }
        } finally {
            stop();
            for (Thread worker : workers()) {
                worker.join(JOIN_MILLIS);
            }
        }
        Throwable cause = failure();
        if (cause instanceof IOException io) {
            throw io;
        }
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (cause instanceof Error error) {
            throw error;
        }
    }

    private synchronized @Nullable Throwable failure() {
        return fatal;
    }

    private synchronized List<Thread> workers() {
        return List.copyOf(workers);
    }

    /** Starts one more worker, if there is something for it to do; each that begins a task asks again. */
    private synchronized void startWorker() {
        if (!stopped && !isFull() && alive < most && (alive == 0 || queue.hasMore())) {
            Thread thread = threads.newThread(new Worker());
            workers.removeIf(worker -> !worker.isAlive());
            workers.add(thread);
            alive++;
            thread.start();
        }
    }

    private boolean isFull() {
        return full && System.nanoTime() - refusedAt < TRY_MORE_NANOS;
    }

    private C connect() throws IOException {
        C connection = connector.connect();
        synchronized (this) {
            if (!stopped) {
                connected = true;
                full = false;
                open.add(connection);
                return connection;
            }
        }
        connection.close();
        throw new IOException("it has been stopped");
    }

    private void close(@Nullable C connection) throws IOException {
        if (connection != null) {
            synchronized (this) {
                open.remove(connection);
            }
            connection.close();
        }
    }

    /** A worker that gets no connection goes at once, unless there is nobody else, there have been connections before, and there may be some again. The last that goes so takes all with it. */
    private synchronized boolean goes(IOException refusal) {
        boolean mayPass = refusal instanceof FileTransferException known && known.isRetryable();
        if (alive == 1 && connected && mayPass && !stopped) {
            return false;
        }
        giveUp(refusal);
        return true;
    }

    private synchronized void giveUp(IOException refusal) {
        full = true;
        refusedAt = System.nanoTime();
        if (alive == 1 && fatal == null && !stopped) {
            fatal = refusal;
        }
        left();
    }

    private synchronized void left() {
        alive--;
        notifyAll();
    }

    private void fail(Throwable cause) {
        synchronized (this) {
            if (fatal == null && !stopped) {
                fatal = cause;
            }
        }
        stop();
    }

    private void stop() {
        List<C> connections;
        List<Thread> running;
        synchronized (this) {
            stopped = true;
            connections = List.copyOf(open);
            running = List.copyOf(workers);
        }
        queue.stop();
        for (C connection : connections) {
            closeNow(connection);
        }
        for (Thread worker : running) {
            if (worker != Thread.currentThread()) {
                worker.interrupt();
            }
        }
    }

    private static void closeNow(Closeable connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // it is of no use to anybody any more
        }
    }

    private final class Worker implements Runnable {
        private @Nullable C connection;
        private boolean gone;

        @Override
        public void run() {
            try {
                T task = queue.take();
                while (task != null) {
                    startWorker();
                    try {
                        attempt(task);
                    } finally {
                        queue.done();
                    }
                    task = gone ? null : queue.take();
                }
            } catch (InterruptedException e) {
                // Only stop() interrupts, and then nothing is left to do.
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException | Error e) {
                fail(e);
            } finally {
                leave();
            }
        }

        private void leave() {
            try {
                close(connection);
            } catch (IOException e) {
                // what was done over it has been done
            } finally {
                if (!gone) {
                    left();
                }
            }
        }

        private void attempt(T task) throws IOException, InterruptedException {
            C own = connection == null ? connected() : connection;
            if (own == null) {
                queue.putBack(task);
                return;
            }
            connection = own;
            try {
                work.run(task, own);
            } catch (IOException e) {
                work.failed(task, e, own);
                if (!work.isUsable(own)) {
                    connection = null;
                    close(own);
                }
            }
            startWorker();
        }

        /** A connection; null if this worker goes, as it gets none. */
        private @Nullable C connected() throws InterruptedException {
            Backoff backoff = new Backoff(
                    reconnect,
                    System::nanoTime,
                    () -> ThreadLocalRandom.current().nextDouble());
            while (true) {
                try {
                    return connect();
                } catch (IOException e) {
                    gone = goes(e);
                    if (gone) {
                        return null;
                    }
                    Optional<Duration> wait = backoff.failed(false);
                    if (wait.isEmpty()) {
                        giveUp(e);
                        gone = true;
                        return null;
                    }
                    Thread.sleep(wait.get().toMillis());
                }
            }
        }
    }
}
