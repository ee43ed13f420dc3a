package io.portolan.ftp.client.internal.command;

import io.portolan.ftp.client.RemoteEntry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Between the worker that reads a listing, which waits here while it is full, and whoever takes its entries. What is in it is bounded: {@value #MAX_BATCHES} batches.
 */
public final class EntryPipe {

    /** A few, so that one is read while another is taken. */
    static final int MAX_BATCHES = 4;

    /** A worker that waits serves nobody else, perhaps not even those who would take the entries; long enough for somebody who does something with each of them. */
    static final long MAX_WAIT_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Queue<List<RemoteEntry>> batches = new ArrayDeque<>();
    private @Nullable Throwable failure;
    private final long maxWaitNanos;
    private boolean ended;
    private boolean cut;
    private Runnable filled = () -> {};

    /** Makes a pipe. */
    public EntryPipe() {
        this(MAX_WAIT_NANOS);
    }

    EntryPipe(long maxWaitNanos) {
        this.maxWaitNanos = maxWaitNanos;
    }

    /** Has somebody told, outside of any lock, each time that there is more to be taken, or the end. */
    void onFilled(Runnable listener) {
        synchronized (this) {
            filled = listener;
        }
        listener.run();
    }

    /**
     * Puts entries in, and waits until there is room.
     *
     * @throws IOException if nobody wants more, or nobody has taken one for {@link #MAX_WAIT_NANOS}
     */
    void put(List<RemoteEntry> batch) throws IOException {
        Runnable told;
        synchronized (this) {
            try {
                long end = System.nanoTime() + maxWaitNanos;
                while (batches.size() >= MAX_BATCHES && !cut && !ended) {
                    long left = end - System.nanoTime();
                    if (left <= 0) {
                        throw new IOException("the entries have not been taken for "
                                + TimeUnit.NANOSECONDS.toSeconds(maxWaitNanos) + " s");
                    }
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while the entries were not taken");
            }
            if (cut || ended) {
                throw new IOException("nobody takes the entries any more");
            }
            batches.add(batch);
            notifyAll();
            told = filled;
        }
        told.run();
    }

    /** Nothing more will come. */
    void end(@Nullable Throwable cause) {
        Runnable told;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            failure = cause;
            notifyAll();
            told = filled;
        }
        told.run();
    }

    /** Nothing more is wanted; what is in it is dropped. */
    synchronized void cut() {
        cut = true;
        batches.clear();
        notifyAll();
    }

    /** Entries, if there are some right now. */
    synchronized @Nullable List<RemoteEntry> poll() {
        List<RemoteEntry> batch = batches.poll();
        if (batch != null) {
            notifyAll();
        }
        return batch;
    }

    /** Whether all was taken, and nothing more will come. */
    synchronized boolean isOver() {
        return ended && batches.isEmpty();
    }

    /** Why it has ended early, if it has. */
    synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** Waits for entries; null at the end. */
    synchronized @Nullable List<RemoteEntry> take() throws InterruptedException {
        while (batches.isEmpty() && !ended) {
            wait();
        }
        return poll();
    }
}
