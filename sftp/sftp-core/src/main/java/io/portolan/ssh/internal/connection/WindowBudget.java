package io.portolan.ssh.internal.connection;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The octets of credit beyond {@link ConnectionSettings#leastWindow} that all channels of a server may have given at a time. Credit that is given is memory as soon as
 * peers use it and workers are slow; this bounds it. Without a lock; safe to use from any thread.
 */
public final class WindowBudget {

    /** The part of the heap that the usual budget is. */
    private static final int PART_OF_HEAP = 4;

    private final AtomicLong available;

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
