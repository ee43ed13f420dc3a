package io.portolan.ftp.client.internal.batch;

import io.portolan.core.internal.crew.CrewQueue;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The files of a batch, taken from their iterator only when a worker is there for the next: of those that wait, nothing is held but what has to be tried again. */
final class BatchQueue implements CrewQueue<BatchFile> {

    private final Iterator<BatchFile> files;
    private final Queue<BatchFile> again = new ArrayDeque<>();
    private int running;
    private boolean exhausted;
    /** Set without the lock, which is held while the iterator makes up its mind; those who wait are interrupted. */
    private volatile boolean stopped;

    private volatile boolean more = true;

    BatchQueue(Iterator<BatchFile> files) {
        this.files = files;
    }

    @Override
    public synchronized @Nullable BatchFile take() throws InterruptedException {
        while (!stopped) {
            BatchFile file = next();
            if (file != null) {
                running++;
                return file;
            }
            if (running == 0) {
                return null;
            }
            wait();
        }
        return null;
    }

    private @Nullable BatchFile next() {
        BatchFile file = again.poll();
        if (file == null && !exhausted) {
            exhausted = !files.hasNext();
            more = !exhausted;
            return exhausted ? null : files.next();
        }
        more = !exhausted || !again.isEmpty();
        return file;
    }

    @Override
    public synchronized void putBack(BatchFile file) {
        again.add(file);
        notifyAll();
    }

    @Override
    public synchronized void done() {
        running--;
        if (running == 0) {
            notifyAll();
        }
    }

    @Override
    public boolean hasMore() {
        return more && !stopped;
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
