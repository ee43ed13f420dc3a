package io.portolan.core.internal.mirror;

import io.portolan.core.internal.crew.Crew;
import io.portolan.core.internal.crew.CrewQueue;
import io.portolan.core.internal.crew.CrewWork;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.mirror.MirrorAction;
import io.portolan.mirror.MirrorFailure;
import io.portolan.mirror.MirrorListener;
import io.portolan.mirror.MirrorOptions;
import io.portolan.mirror.MirrorPlan;
import io.portolan.mirror.MirrorResult;
import io.portolan.mirror.MirrorSkip;
import io.portolan.transfer.RetryPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** Makes one tree like another, over several connections. Used once. */
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

    private final RemoteTree.Connector connector;
    private final MirrorOptions options;
    private final ThreadFactory threads;
    private final MirrorTally tally;
    private final MirrorQueue queue = new MirrorQueue();
    private final MirrorWork work;

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
        queue.add(List.of(new MirrorTask.Compare(TargetDirectory.root(), false)));
        new Crew<RemoteTree, MirrorTask>(
                        connector::connect, new Tasks(), options.parallel(), RetryPolicy.defaults(), threads)
                .run();
        return tally.result();
    }

    private final class Tasks implements CrewWork<RemoteTree, MirrorTask> {

        @Override
        public CrewQueue<MirrorTask> queue() {
            return queue;
        }

        @Override
        public void run(MirrorTask task, RemoteTree remote) throws IOException {
            work.run(task, remote);
        }

        @Override
        public void failed(MirrorTask task, IOException cause, RemoteTree remote) throws IOException {
            if (task.attempted() < options.attempts() && remote.isRetryable(cause)) {
                queue.putBack(task);
            } else if (task.path().segments().isEmpty()) {
                throw cause;
            } else {
                tally.failed(task.path(), cause);
            }
        }

        @Override
        public boolean isUsable(RemoteTree remote) {
            return remote.isUsable();
        }
    }
}
