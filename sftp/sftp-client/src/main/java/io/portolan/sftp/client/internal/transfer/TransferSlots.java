package io.portolan.sftp.client.internal.transfer;

import java.util.ArrayDeque;

/**
 * How many files are on their way at a time, each with a handle at the server; the others wait in their order. On the event loop only.
 */
public final class TransferSlots {

    /**
     * Enough to hide the round trips of small files: at 50 ms 64 files of two round trips each make 640 in a second. Fewer than most servers let be open.
     */
    public static final int MOST = 64;

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final ArrayDeque<Runnable> whenIdle = new ArrayDeque<>();
    private int free;
    private int used;
    private boolean giving;

    /**
     * @param slots how many there are, 1 or more
     */
    public TransferSlots(int slots) {
        free = slots;
    }

    /** Runs it when there is a slot, at once if there is one now. It has the slot until {@link #release}. */
    void take(Runnable begin) {
        waiting.add(begin);
        give();
    }

    /** One that waited does not any more; nothing happens if it has been run. */
    boolean forget(Runnable begin) {
        return waiting.remove(begin);
    }

    void release() {
        free++;
        used--;
        give();
        tellIdle();
    }

    /** Whether nothing is on its way, and nothing waits. */
    public boolean isIdle() {
        return used == 0 && waiting.isEmpty();
    }

    /** Runs something once, when nothing is on its way any more. */
    public void whenIdle(Runnable step) {
        whenIdle.add(step);
        tellIdle();
    }

    private void tellIdle() {
        while (isIdle() && !whenIdle.isEmpty()) {
            whenIdle.remove().run();
        }
    }

    /** In a loop, not by calling itself: many that fail at once would make a deep stack. */
    private void give() {
        if (giving) {
            return;
        }
        giving = true;
        try {
            while (free > 0 && !waiting.isEmpty()) {
                free--;
                used++;
                waiting.remove().run();
            }
        } finally {
            giving = false;
        }
    }
}
