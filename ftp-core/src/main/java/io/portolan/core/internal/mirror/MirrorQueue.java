package io.portolan.core.internal.mirror;

import io.portolan.core.internal.crew.CrewQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done. Directories come first and the last found before the others, so that few are waiting at any time; but when enough files wait, they are
 * first: so what waits is bounded by the largest directory, not by the tree.
 */
final class MirrorQueue implements CrewQueue<MirrorTask> {

    /** Files enough to keep all workers busy while the next directory is listed. */
    private static final int ENOUGH_FILES = 1000;

    private final Deque<MirrorTask> directories = new ArrayDeque<>();
    private final Deque<MirrorTask> others = new ArrayDeque<>();
    private int running;
    private int waiting;
    private boolean stopped;

    synchronized void add(List<? extends MirrorTask> tasks) {
        for (MirrorTask task : tasks) {
            if (task instanceof MirrorTask.Compare) {
                directories.push(task);
            } else {
                others.add(task);
            }
        }
        notifyAll();
    }

    @Override
    public synchronized @Nullable MirrorTask take() throws InterruptedException {
        while (!stopped) {
            MirrorTask task = others.size() < ENOUGH_FILES ? directories.poll() : null;
            if (task == null) {
                task = others.poll();
            }
            if (task != null) {
                running++;
                return task;
            }
            if (running == 0) {
                return null;
            }
            waiting++;
            try {
                wait();
            } finally {
                waiting--;
            }
        }
        return null;
    }

    @Override
    public void putBack(MirrorTask task) {
        add(List.of(task));
    }

    @Override
    public synchronized void done() {
        running--;
        if (running == 0) {
            notifyAll();
        }
    }

    @Override
    public synchronized boolean hasMore() {
        return !stopped && directories.size() + others.size() > waiting;
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }
}
