package io.portolan.ssh.internal.connection;

import java.util.concurrent.TimeUnit;

/** How often a peer may open a channel. Each costs a file system and some calls of the application, much more than asking for it. */
final class OpenRate {

    /** At once: a client that opens a channel for each of many files, each shortly after the other's end. */
    static final int BURST = 100;

    /** Nanoseconds until one more may be opened: fifty in a second. */
    static final long INTERVAL = TimeUnit.SECONDS.toNanos(1) / 50;

    private long fullAt;

    OpenRate(long now) {
        fullAt = now;
    }

    /** Whether one more may be opened now; if so, it counts. */
    boolean take(long now) {
        long from = fullAt - now > 0 ? fullAt : now;
        if (from - now > (BURST - 1) * INTERVAL) {
            return false;
        }
        fullAt = from + INTERVAL;
        return true;
    }
}
