package io.portolan.sftp.client.internal.transfer;

/**
 * How many octets of a transfer are asked for, or sent, and not answered: as many as the path takes, which is its bandwidth times its round trip, found by trying. A round is over when all has been answered that was under way at its
 * beginning. As long as
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

    private static final int NOT_BEGUN = -1;

    private final long most;
    private long size;
    private long flying;
    private boolean limited;

    private long roundStart;
    private long roundOctets = NOT_BEGUN;
    private long answered;
    private boolean begun;

    /** How fast they came before the window was doubled, in octets in a nanosecond. */
    private double rate;

    private boolean trying;
    private int rest;

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

    /** So many octets more are under way. */
    public void asked(int octets, long now) {
        if (!begun) {
            begun = true;
            roundStart = now;
        }
        flying += octets;
    }

    /** There is no answer for so many: the file has ended before, or they are not wanted any more. */
    public void given(int octets) {
        flying -= octets;
    }

    /** Octets were answered. */
    public void answered(int octets, long now) {
        if (roundOctets == NOT_BEGUN) {
            roundOctets = flying;
        }
        flying -= octets;
        answered += octets;
        if (answered >= roundOctets) {
            round(now);
        }
    }

    private void round(long now) {
        double measured = (double) answered / Math.max(now - roundStart, 1);
        boolean held = limited;
        answered = 0;
        roundOctets = NOT_BEGUN;
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
