package io.portolan.core.internal.segment;

import java.io.InterruptedIOException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** What transfers in segments have in common, whichever way they go. */
public final class Segments {

    /** Enough for most lines. */
    public static final int DEFAULT_CONNECTIONS = 4;

    /** Less is not worth a login, and opening the file. */
    public static final long SMALLEST = 4L << 20;

    /** More than most servers let in from one address. */
    private static final int MAX_CONNECTIONS = 16;

    private Segments() {}

    /** A number of connections, if it is one. */
    public static int connections(int most) {
        if (most < 1 || most > MAX_CONNECTIONS) {
            throw new IllegalArgumentException("connections: " + most + " is not within 1.." + MAX_CONNECTIONS);
        }
        return most;
    }

    /** Makes the threads, which wait for the connections. */
    public static ThreadFactory threads() {
        AtomicInteger workers = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, "portolan-segment-" + workers.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Tells an interrupt, and keeps it. */
    public static InterruptedIOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted, and ended");
        interrupted.initCause(cause);
        return interrupted;
    }
}
