package io.portolan.sftp.client.internal.transfer;

/** The octets that all transfers of a session may hold or have under way. On the event loop only. */
public final class MemoryBudget {

    private long left;

    /**
     * @param octets how many there are
     */
    public MemoryBudget(long octets) {
        left = octets;
    }

    /**
     * Takes octets.
     *
     * @param needed whether they are taken even if there are none left: whoever has nothing under way could otherwise never go on. That is one request for each of a bounded number of transfers
     * @return whether they were taken
     */
    boolean take(int octets, boolean needed) {
        if (octets > left && !needed) {
            return false;
        }
        left -= octets;
        return true;
    }

    void giveBack(int octets) {
        left += octets;
    }

    /** What is left; below 0 if somebody had to have more. */
    public long left() {
        return left;
    }
}
