package io.portolan.sftp.client.internal.segment;

import io.portolan.core.internal.crew.CrewQueue;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The segments that wait for a connection, the first of the file first. For several threads. */
final class SegmentQueue implements CrewQueue<Segment> {

    /** Segments for each connection, so that a slow one does not hold up the end for long. */
    static final int PER_CONNECTION = 4;

    /** Larger ones would be more to do again by nobody else, and smaller ones cost round trips. */
    static final long LARGEST = 64L << 20;

    private final Deque<Segment> waiting = new ArrayDeque<>();
    private int running;
    private int idle;
    private boolean stopped;

    /**
     * A file in segments.
     *
     * @param size octets of the file
     * @param connections that share them
     * @param smallest octets of a segment, but for the last
     */
    SegmentQueue(long size, int connections, long smallest) {
        long fair = size / ((long) connections * PER_CONNECTION) + 1;
        long share = Math.max(smallest, Math.min(LARGEST, fair));
        for (long at = 0; at < size; at += share) {
            waiting.add(new Segment(at, Math.min(size, at + share)));
        }
    }

    @Override
    public synchronized @Nullable Segment take() throws InterruptedException {
        while (!stopped) {
            Segment next = waiting.poll();
            if (next != null) {
                running++;
                return next;
            }
            if (running == 0) {
                return null;
            }
            // what somebody else has may be put back
            idle++;
            try {
                wait();
            } finally {
                idle--;
            }
        }
        return null;
    }

    @Override
    public synchronized void putBack(Segment segment) {
        waiting.push(segment);
        notifyAll();
    }

    @Override
    public synchronized void done() {
        running--;
        notifyAll();
    }

    @Override
    public synchronized boolean hasMore() {
        return !stopped && waiting.size() > idle;
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    synchronized boolean isDone() {
        return waiting.isEmpty() && running == 0;
    }
}
