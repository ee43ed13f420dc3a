package io.portolan.sftp.client.internal.pool;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How many channels one connection may have: as many as are wanted, or fewer once the server has refused more. On one thread only. */
final class ChannelLimit {

    /** Connections that break as one channel more is opened, until it is believed that they break for that. One may be chance; each more would cost others their sessions. */
    private static final int CUTS_TO_BELIEVE = 2;

    private final long retryNanos;
    private final LongSupplier clock;
    private int most;
    private int now;
    private long loweredAt;
    private int cuts;

    /**
     * @param most 1 or more
     * @param retry after what time one more is tried
     * @param clock of nanoseconds
     */
    ChannelLimit(int most, Duration retry, LongSupplier clock) {
        this.most = most;
        this.now = most;
        this.retryNanos = retry.toNanos();
        this.clock = clock;
    }

    int now() {
        if (now < most && clock.getAsLong() - loweredAt >= retryNanos) {
            loweredAt = clock.getAsLong();
            now++;
        }
        return now;
    }

    /** The server has refused a channel beside so many that it has opened. */
    void refusedBeside(int open) {
        now = Math.max(1, Math.min(now, open));
        loweredAt = clock.getAsLong();
    }

    /** The connection has ended while a channel was opened beside so many. */
    void brokenBeside(int open) {
        if (open < now) {
            refusedBeside(open);
            cuts++;
            if (cuts >= CUTS_TO_BELIEVE) {
                most = now;
            }
        }
    }
}
