package io.portolan.ssh.internal.connection;

import io.portolan.ssh.internal.wire.SshProtocolException;
import java.util.concurrent.TimeUnit;

/**
 * What we let the peer send (RFC 4254 section 5.2). An octet of the window's size is credit that the peer has, or was received and is not consumed, or was consumed and is to
 * become credit again.
 *
 * <p><b>The size.</b> Idle channels and those that only download have {@link ConnectionSettings#leastWindow}. Once the peer sends more than {@link #EARNEST} octets the
 * window becomes {@link ConnectionSettings#usualWindow}. From there on it follows the path's bandwidth-delay product, as TCP's receive buffers do: within a window the
 * peer can have consumed at most one window per round trip; if half a window or more was <i>consumed</i> in a round trip's time, then the window may be what holds the peer up,
 * and it becomes four times as large, up to {@link ConnectionSettings#mostWindow}. Counting what was consumed, not what was received, a slow worker never makes it grow; and over a short path a round trip is
 * so short that little is consumed in it. A window that was used to less than an eighth for {@link #QUIET} is halved again.
 *
 * <p>All beyond the least is leased from a budget for all connections, and the window does without if there is nothing left. While a channel does not get its usual window, those that
 * have more are halved in each round trip, down to the usual one, and none grows beyond it: many on short paths go before a few on long ones. Credit cannot be taken
 * back from a peer (RFC 4254 section 5.2: a window is only ever added to), so a window shrinks by not returning what was consumed; what an idle peer holds it holds until it sends, and counts as long,
 * since it may send it at any time. A channel gives back everything when it closes.
 *
 * <p><b>The round trip</b> is the least of all times between a message and its answer that somebody tells us of.
 */
final class LocalWindow implements AutoCloseable {

    /** Who has sent more than this is not only asking for things. */
    static final int EARNEST = 64 * 1024;

    /** How long a window is little used before it is halved: longer than the pauses between two files. */
    static final long QUIET = TimeUnit.SECONDS.toNanos(10);

    /** So many packets' credit is worth a message, as OpenSSH has it. */
    private static final int PACKETS_WORTH_A_MESSAGE = 3;

    /** Below it clocks and threads are measured, not paths. */
    private static final long LEAST_ROUND_TRIP = TimeUnit.MICROSECONDS.toNanos(100);

    /** Each step costs a round trip, and most files are over before there have been many: two steps lead from the usual window to the largest. */
    private static final int GROWTH = 4;

    private static final int BUSY_PART = 2;
    private static final int QUIET_PART = 8;

    private final ConnectionSettings settings;
    private final WindowBudget budget;
    private final WindowLease lease;

    /** Credit, held and returnable together. */
    private long size;

    /** What the size is to become. */
    private long target;

    private long credit;
    private long held;
    private long returnable;

    private long received;
    private long roundTrip;

    /** What was consumed since the interval began. */
    private long consumedInInterval;

    private long intervalStart;
    private long busyLast;

    LocalWindow(ConnectionSettings settings, WindowBudget budget, long now) {
        this.settings = settings;
        this.budget = budget;
        this.lease = budget.lease();
        this.size = settings.leastWindow();
        this.target = size;
        this.credit = size;
        this.intervalStart = now;
        this.busyLast = now;
    }

    long size() {
        return size;
    }

    /** Octets that the peer may still send. */
    long credit() {
        return credit;
    }

    /** Octets that were received and are not consumed. */
    long held() {
        return held;
    }

    /** An answer came so many nanoseconds behind what it answers: the path is not longer. */
    void roundTrip(long nanos) {
        long sample = Math.max(nanos, LEAST_ROUND_TRIP);
        roundTrip = roundTrip == 0 ? sample : Math.min(roundTrip, sample);
    }

    void received(int octets) throws SshProtocolException {
        if (octets > credit) {
            throw SshProtocolException.malformed(octets + " octets where the window has " + credit);
        }
        credit -= octets;
        held += octets;
        received += octets;
    }

    /**
     * Octets need no memory any more.
     *
     * @throws IllegalArgumentException if they are more than were received and not consumed
     */
    void consumed(int octets) {
        if (octets < 0 || octets > held) {
            throw new IllegalArgumentException("consumed " + octets + " octets of " + held);
        }
        held -= octets;
        returnable += octets;
        consumedInInterval += octets;
    }

    /**
     * The octets of credit to give to the peer now; whoever asks gives them. 0 if it is not worth a message.
     *
     * @param now the time by {@link System#nanoTime}
     */
    long adjustment(long now) {
        tune(now);
        shrink();
        long due = returnable + (target - size);
        boolean worth = target > size
                || returnable >= (long) PACKETS_WORTH_A_MESSAGE * settings.maxPacket()
                || credit < size / 2;
        if (due <= 0 || !worth) {
            return 0;
        }
        size = target;
        returnable = 0;
        credit += due;
        return due;
    }

    private void tune(long now) {
        if (received > EARNEST && target < settings.usualWindow()) {
            grow(settings.usualWindow());
            if (target < settings.usualWindow()) {
                budget.contest(now);
            }
        }
        long elapsed = now - intervalStart;
        if (roundTrip == 0 || elapsed < roundTrip) {
            return;
        }
        // In floating point, since octets times nanoseconds leave what a long holds.
        double perRoundTrip = consumedInInterval * ((double) roundTrip / elapsed);
        intervalStart = now;
        consumedInInterval = 0;
        if (perRoundTrip >= (double) target / QUIET_PART) {
            busyLast = now;
        }
        if (budget.isContested(now)) {
            if (target > settings.usualWindow()) {
                target = Math.max(target / 2, settings.usualWindow());
            }
        } else if (perRoundTrip >= (double) target / BUSY_PART) {
            grow(Math.min(GROWTH * target, settings.mostWindow()));
        } else if (now - busyLast >= QUIET && target > settings.usualWindow()) {
            target = Math.max(target / 2, settings.usualWindow());
            busyLast = now;
        }
    }

    /** The lease is always what size or target, whichever is more, has beyond the least. */
    private void grow(long wanted) {
        long leased = Math.max(size, target);
        target = wanted <= leased ? wanted : leased + lease.take(wanted - leased);
    }

    private void shrink() {
        long less = Math.min(returnable, size - target);
        if (less > 0) {
            returnable -= less;
            size -= less;
            lease.giveBack(less);
        }
    }

    /** Gives back what was leased. */
    @Override
    public void close() {
        lease.close();
    }
}
