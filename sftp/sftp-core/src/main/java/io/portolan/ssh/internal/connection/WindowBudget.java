package io.portolan.ssh.internal.connection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The octets of credit beyond {@link ConnectionSettings#leastWindow} that all channels of a server may have given at a time. Credit that is given is memory as soon as
 * peers use it and workers are slow; this bounds it. Without a lock; safe to use from any thread.
 */
public final class WindowBudget {

    /** The part of the heap that the usual budget is. */
    private static final int PART_OF_HEAP = 4;

    /** For how long it counts that somebody has not got all of a usual window: longer than most round trips, in which windows are looked at. */
    private static final long CONTESTED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final AtomicLong available;

    /** Until when those who have more than the usual give back what they can, in the terms of {@link System#nanoTime()}; 0 for never contested. */
    private volatile long contestedUntil;

    /**
     * Makes a budget.
     *
     * @param octets how much there is, 0 or more
     */
    public WindowBudget(long octets) {
        if (octets < 0) {
            throw new IllegalArgumentException("octets: " + octets);
        }
        available = new AtomicLong(octets);
    }

    /** A quarter of the heap, which leaves room for what happens to what has come. */
    public static WindowBudget ofHeap() {
        return new WindowBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** What is left. */
    public long available() {
        return available.get();
    }

    /** Somebody has needed the usual window, and did not get all of it. */
    void contest(long now) {
        long until = now + CONTESTED_NANOS;
        // the clock may begin below zero, and 0 stands for never
        contestedUntil = until == 0 ? 1 : until;
    }

    /** Whether there is too little for all that need the usual window. */
    boolean isContested(long now) {
        long until = contestedUntil;
        return until != 0 && until - now > 0;
    }

    WindowLease lease() {
        return new WindowLease(this);
    }

    /** Takes up to so many octets; returns how many. */
    long take(long wanted) {
        long before;
        long taken;
        do {
            before = available.get();
            taken = Math.min(before, wanted);
        } while (!available.compareAndSet(before, before - taken));
        return taken;
    }

    void giveBack(long octets) {
        available.addAndGet(octets);
    }
}
