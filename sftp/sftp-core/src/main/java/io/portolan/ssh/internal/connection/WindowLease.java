package io.portolan.ssh.internal.connection;

/** What one channel has of the budget. On its event loop only. */
final class WindowLease implements AutoCloseable {

    private final WindowBudget budget;
    private long octets;
    private boolean closed;

    WindowLease(WindowBudget budget) {
        this.budget = budget;
    }

    /** Takes more, as much as there is; returns how much. */
    long take(long wanted) {
        if (closed || wanted <= 0) {
            return 0;
        }
        long taken = budget.take(wanted);
        octets += taken;
        return taken;
    }

    /** Gives a part back. */
    void giveBack(long part) {
        long given = Math.min(part, octets);
        octets -= given;
        budget.giveBack(given);
    }

    /** Gives all back. */
    @Override
    public void close() {
        closed = true;
        giveBack(octets);
    }
}
