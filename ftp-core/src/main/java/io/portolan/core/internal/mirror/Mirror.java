package io.portolan.core.internal.mirror;

import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.mirror.MirrorAction;
import io.portolan.mirror.MirrorFailure;
import io.portolan.mirror.MirrorListener;
import io.portolan.mirror.MirrorOptions;
import io.portolan.mirror.MirrorPlan;
import io.portolan.mirror.MirrorResult;
import io.portolan.mirror.MirrorSkip;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes one tree like another, over several connections. One worker begins; others join as long as there is more to do than they have hands, and each opens its
 * connection when it has its first task. If the server lets no more in, those that are in go on. Used once.
 */
public final class Mirror {

    /** Which way files go. */
    public enum Direction {
        /** To the file system. */
        DOWNLOAD,
        /** To the server. */
        UPLOAD
    }

    /** Actions that a plan keeps. */
    static final int MAX_PLANNED = 100_000;
    /** For the end of workers whose connections have been closed. What blocks longer does so in a file system of the user's. */
    private static final long JOIN_MILLIS = 10_000;

    private final RemoteTree.Connector connector;
    private final MirrorOptions options;
    private final ThreadFactory threads;
    private final MirrorTally tally;
    private final MirrorQueue queue = new MirrorQueue();
    private final MirrorWork work;
    private final List<Thread> workers = new ArrayList<>();
    private final List<RemoteTree> open = new ArrayList<>();
    private int alive;
    private boolean full;
    private boolean stopped;
    private @Nullable Throwable fatal;

    private Mirror(
            Direction direction,
            VirtualFileSystem local,
            RemoteTree.Connector connector,
            MirrorOptions options,
            MirrorListener listener,
            boolean dryRun,
            ThreadFactory threads) {
        this.connector = connector;
        this.options = options;
        this.threads = threads;
        tally = new MirrorTally(listener);
        work = new MirrorWork(direction == Direction.DOWNLOAD, new LocalTree(local), options, dryRun, tally, queue);
    }

    /**
     * Makes the target like the source; blocks.
     *
     * @param local the tree on this side, which confines what is done to it; stays open
     * @param connector opens the connections, each closed at the end
     * @param threads makes the workers, all of which have ended when this returns
     * @return what was done, and what could not be
     * @throws IOException if there is no connection, or the source's root cannot be read
     * @throws InterruptedException if this thread is interrupted; then all connections are closed
     */
    public static MirrorResult run(
            Direction direction,
            VirtualFileSystem local,
            RemoteTree.Connector connector,
            MirrorOptions options,
            MirrorListener listener,
            ThreadFactory threads)
            throws IOException, InterruptedException {
        return new Mirror(direction, local, connector, options, listener, false, threads).run();
    }

    /** As {@link #run}, and nothing is changed. */
    public static MirrorPlan plan(
            Direction direction,
            VirtualFileSystem local,
            RemoteTree.Connector connector,
            MirrorOptions options,
            MirrorListener listener,
            ThreadFactory threads)
            throws IOException, InterruptedException {
        List<MirrorAction> actions = new ArrayList<>();
        MirrorListener recorder = new MirrorListener() {
            @Override
            public void done(MirrorAction action) {
                if (actions.size() < MAX_PLANNED) {
                    actions.add(action);
                }
                listener.done(action);
            }

            @Override
            public void skipped(String path, MirrorSkip reason) {
                listener.skipped(path, reason);
            }

            @Override
            public void failed(MirrorFailure failure) {
                listener.failed(failure);
            }
        };
        MirrorResult counts = new Mirror(direction, local, connector, options, recorder, true, threads).run();
        return new MirrorPlan(actions, counts);
    }

    private MirrorResult run() throws IOException, InterruptedException {
        queue.add(List.of(new MirrorTask.Compare(new TargetDirectory(null, VirtualPath.root(), true), false)));
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
        return tally.result();
    }

    private synchronized @Nullable Throwable failure() {
        return fatal;
    }

    private synchronized List<Thread> workers() {
        return List.copyOf(workers);
    }

    /** Starts one more worker, if there is something for it to do; each that begins a task asks again. */
    private synchronized void startWorker() {
        if (!stopped && !full && alive < options.parallel() && (alive == 0 || queue.hasMoreThanWaitFor())) {
            Thread thread = threads.newThread(new Worker());
            workers.removeIf(worker -> !worker.isAlive());
            workers.add(thread);
            alive++;
            thread.start();
        }
    }

    private RemoteTree connect() throws IOException {
        RemoteTree remote = connector.connect();
        synchronized (this) {
            if (!stopped) {
                open.add(remote);
                return remote;
            }
        }
        remote.close();
        throw new IOException("the mirror has been stopped");
    }

    private void close(@Nullable RemoteTree remote) {
        if (remote != null) {
            synchronized (this) {
                open.remove(remote);
            }
            remote.close();
        }
    }

    /** The last worker that goes because it got no connection takes the mirror with it. */
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
        List<RemoteTree> connections;
        List<Thread> running;
        synchronized (this) {
            stopped = true;
            connections = List.copyOf(open);
            running = List.copyOf(workers);
        }
        queue.stop();
        for (RemoteTree connection : connections) {
            connection.close();
        }
        for (Thread worker : running) {
            if (worker != Thread.currentThread()) {
                worker.interrupt();
            }
        }
    }

    private final class Worker implements Runnable {
        private @Nullable RemoteTree remote;
        private @Nullable IOException refusal;

        @Override
        public void run() {
            try {
                MirrorTask task = queue.take();
                while (task != null) {
                    startWorker();
                    try {
                        attempt(task);
                    } finally {
                        queue.done();
                    }
                    task = refusal == null ? queue.take() : null;
                }
            } catch (InterruptedException e) {
                // Only stop() interrupts, and then nothing is left to do.
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                fail(e);
            } finally {
                close(remote);
                left(refusal);
            }
        }

        private void attempt(MirrorTask task) {
            RemoteTree connection = remote;
            if (connection == null) {
                try {
                    connection = connect();
                    remote = connection;
                } catch (IOException e) {
                    refusal = e;
                    queue.add(List.of(task));
                    return;
                }
            }
            try {
                work.run(task, connection);
            } catch (IOException e) {
                if (task.attempted() < options.attempts() && connection.isRetryable(e)) {
                    queue.add(List.of(task));
                } else if (task.path().segments().isEmpty()) {
                    fail(e);
                } else {
                    tally.failed(task.path(), e);
                }
                if (!connection.isUsable()) {
                    close(connection);
                    remote = null;
                }
            }
            startWorker();
        }
    }
}
