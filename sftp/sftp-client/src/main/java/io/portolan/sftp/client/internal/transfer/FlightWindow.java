package io.portolan.sftp.client.internal.transfer;

/**
 * How many octets of a transfer are asked for, or sent, and not answered: as many as the path takes, which is its bandwidth times its round trip, found by trying. A round is over when a window's worth has been answered. As long as
 * the window is what holds the transfer up, it is doubled after a round; if the octets then do not come faster by {@link #GAIN}, that was for nothing, and it is taken back, and tried again {@link #REST} rounds
 * later, as paths change. A slow disk, on either side, holds the transfer up by itself, and the window stays.
 *
 * <p>Knows no clock and no channel. Not for several threads.
 */
public final class FlightWindow {

    /** Over a path of 50 ms a tenth of a second's worth at 5 MB/s; doubled each round, five rounds lead to the most. */
    public static final int FIRST = 512 * 1024;

    /** 100 MB/s over 160 ms, as much as a channel of SSH has credit for at most. */
    public static final int MOST = 16 * 1024 * 1024;

    /** Requests at a time, at the least: so many that one that is late does not stop all. */
    static final int REQUESTS = 8;

    /** By how much more octets must come in a round for the larger window to be worth its memory: more than chance gives. */
    static final double GAIN = 1.15;

    /** Rounds from one try that was for nothing to the next. */
    static final int REST = 32;

    private static final long NANOS = 1;

    private final long most;
    private long size;
    private boolean limited;
    private long roundStart;
    private long delivered;
    private double rate;
    private boolean trying;
    private int rest;
    private boolean begun;

    /**
     * @param most how large it may become
     */
    public FlightWindow(long most) {
        this.most = most;
        this.size = Math.min(FIRST, most);
    }

    /** How many octets may be under way. */
    public long size() {
        return size;
    }

    /** How many octets one request is best about. */
    public int chunk(int least, int most) {
        return (int) Math.max(least, Math.min(most, size / REQUESTS));
    }

    /** More could have been under way, had there been room. */
    public void limited() {
        limited = true;
    }

    /** The first octets are under way. */
    public void begin(long now) {
        if (!begun) {
            begun = true;
            roundStart = now;
        }
    }

    /** Octets were answered. */
    public void delivered(int octets, long now) {
        delivered += octets;
        if (delivered >= size) {
            round(now);
        }
    }

    private void round(long now) {
        double measured = (double) delivered / Math.max(now - roundStart, NANOS);
        boolean held = limited;
        delivered = 0;
        roundStart = now;
        limited = false;
        if (trying) {
            trying = false;
            if (measured < rate * GAIN) {
                size = Math.max(size / 2, Math.min(FIRST, most));
                rest = REST;
                return;
            }
        }
        if (rest > 0) {
            rest--;
        } else if (held && size < most) {
            rate = measured;
            trying = true;
            size = Math.min(2 * size, most);
        }
    }
}
