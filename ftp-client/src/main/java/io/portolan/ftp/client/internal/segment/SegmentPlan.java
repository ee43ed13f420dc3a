package io.portolan.ftp.client.internal.segment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who fetches what: at first each connection an equal share; one that has finished takes half of what the slowest has left, so that all end together. For several
 * threads.
 */
final class SegmentPlan {

    private final long smallest;
    private final Deque<Segment> waiting = new ArrayDeque<>();
    private final Set<Segment> running = new HashSet<>();
    private long total;
    private long written;

    /**
     * A plan.
     *
     * @param size octets of the file
     * @param parts the first segments
     * @param smallest octets that make a segment worth a connection's while
     */
    SegmentPlan(long size, int parts, long smallest) {
        this.smallest = smallest;
        long share = size / parts;
        for (int i = 0; i < parts; i++) {
            waiting.add(new Segment(i * share, i == parts - 1 ? size : (i + 1) * share));
        }
    }

    /** Something to fetch; null if what is left is not worth another connection. */
    synchronized @Nullable Segment take() {
        Segment segment = waiting.poll();
        if (segment == null) {
            segment = split();
        }
        if (segment != null) {
            running.add(segment);
        }
        return segment;
    }

    private @Nullable Segment split() {
        Segment largest = null;
        for (Segment segment : running) {
            if (largest == null || segment.left() > largest.left()) {
                largest = segment;
            }
        }
        if (largest == null || largest.left() < 2 * smallest) {
            return null;
        }
        long middle = largest.position + largest.left() / 2;
        Segment half = new Segment(middle, largest.end);
        largest.end = middle;
        return half;
    }

    /** Claims the next octets of a segment, as many as there are left of it, and at most so many; returns how many. Nobody else is given them. */
    synchronized int claim(Segment segment, int most) {
        int claimed = (int) Math.min(most, segment.left());
        segment.position += claimed;
        total += claimed;
        return claimed;
    }

    /** Octets of all segments that have been claimed. */
    synchronized long claimed() {
        return total;
    }

    /** So many of the claimed octets are in the file. */
    synchronized void written(int octets) {
        written += octets;
    }

    /** Octets that are in the file; fewer than were claimed if a write has failed that nobody waited for any more. */
    synchronized long written() {
        return written;
    }

    synchronized long position(Segment segment) {
        return segment.position;
    }

    synchronized boolean isFull(Segment segment) {
        return segment.left() == 0;
    }

    /** It has been fetched, or {@link #putBack} is to be tried. */
    synchronized void finish(Segment segment) {
        running.remove(segment);
    }

    /** It has to be fetched from where it stands; returns how often it has been put back. */
    synchronized int putBack(Segment segment) {
        running.remove(segment);
        waiting.push(segment);
        return ++segment.attempts;
    }

    synchronized boolean isDone() {
        return waiting.isEmpty() && running.isEmpty();
    }
}
