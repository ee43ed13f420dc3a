package io.portolan.core.internal.crew;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Workers that share what there is to do, each over a connection of its own. One begins; others join as long as there is more to do than they have hands, and each opens its connection when it has its first task. If
 * the server lets no more in, those that are in go on. Used once.
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

    private final Connector<C> connector;
    private final CrewWork<C, T> work;
    private final int most;
    private final ThreadFactory threads;
    private final List<Thread> workers = new ArrayList<>();
    private final List<C> open = new ArrayList<>();
    private int alive;
    private boolean full;
    private boolean stopped;
    private @Nullable Throwable fatal;

    /**
     * A crew that has not begun.
     *
     * @param connector opens the connections, each closed at the end
     * @param most connections at a time
     * @param threads makes the workers, all of which have ended when {@link #run} returns
     */
    public Crew(Connector<C> connector, CrewWork<C, T> work, int most, ThreadFactory threads) {
        this.connector = connector;
        this.work = work;
        this.most = most;
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
        if (!stopped && !full && alive < most && (alive == 0 || work.hasMore())) {
            Thread thread = threads.newThread(new Worker());
            workers.removeIf(worker -> !worker.isAlive());
            workers.add(thread);
            alive++;
            thread.start();
        }
    }

    private C connect() throws IOException {
        C connection = connector.connect();
        synchronized (this) {
            if (!stopped) {
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

    /** The last worker that goes because it got no connection takes all with it. */
    private synchronized void left(@Nullable IOException refusal) {
        alive--;
        full |= refusal != null;
        if (alive == 0 && refusal != null && fatal == null && !stopped) {
            fatal = refusal;
        }
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
        work.stop();
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
        private @Nullable IOException refusal;

        @Override
        public void run() {
            try {
                T task = work.take();
                while (task != null) {
                    startWorker();
                    try {
                        attempt(task);
                    } finally {
                        work.done();
                    }
                    task = refusal == null ? work.take() : null;
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
                left(refusal);
            }
        }

        private void attempt(T task) throws IOException {
            C own = connection;
            if (own == null) {
                try {
                    own = connect();
                    connection = own;
                } catch (IOException e) {
                    refusal = e;
                    work.putBack(task);
                    return;
                }
            }
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
    }
}
