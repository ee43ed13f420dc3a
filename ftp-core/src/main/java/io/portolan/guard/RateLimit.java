package io.portolan.guard;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bandwidth that is shared by whoever holds the object: one transfer, the transfers of a user, all of a server. Safe to use from any thread; never blocks.
 *
 * <p>Who has moved bytes reserves them and is told how long to pause before the next ones. Those who share a limit queue up in the order in which they reserve.
 */
public final class RateLimit {

    /** The highest rate: 8 GiB/s, beyond any network card, and low enough for the arithmetic not to overflow. */
    public static final long MAX_BYTES_PER_SECOND = 1L << 33;

    /** How much unused time may be saved up: bursts stay short, yet a pause of the peer's costs no throughput. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final RateLimit UNLIMITED = new RateLimit(0);

    private final long bytesPerSecond;

    /** When all that is reserved will have flowed, in the terms of {@link System#nanoTime()}. */
    private final AtomicLong freeAt = new AtomicLong(System.nanoTime() - BURST_NANOS);

    private RateLimit(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /**
     * Makes a limit.
     *
     * @param bytes the bytes that may flow in a second, 1–{@link #MAX_BYTES_PER_SECOND}
     * @return the limit
     */
    public static RateLimit bytesPerSecond(long bytes) {
        if (bytes < 1 || bytes > MAX_BYTES_PER_SECOND) {
            throw new IllegalArgumentException("bytesPerSecond: " + bytes + " is not in 1–" + MAX_BYTES_PER_SECOND);
        }
        return new RateLimit(bytes);
    }

    /**
     * No limit at all.
     *
     * @return a limit that never makes anybody wait
     */
    public static RateLimit unlimited() {
        return UNLIMITED;
    }

    /**
     * Whether this is no limit.
     *
     * @return whether nobody ever waits
     */
    public boolean isUnlimited() {
        return bytesPerSecond == 0;
    }

    /**
     * Reserves bytes.
     *
     * @param bytes how many are moved now, 0 or more
     * @param nowNanos the present {@link System#nanoTime()}
     * @return how many nanoseconds to wait before moving more; 0 for not at all
     */
    public long reserve(long bytes, long nowNanos) {
        if (bytesPerSecond == 0 || bytes <= 0) {
            return 0;
        }
        long cost =
                bytes / bytesPerSecond * NANOS_PER_SECOND + bytes % bytesPerSecond * NANOS_PER_SECOND / bytesPerSecond;
        while (true) {
            long free = freeAt.get();
            long earliest = nowNanos - BURST_NANOS;
            long start = free - earliest < 0 ? earliest : free;
            if (freeAt.compareAndSet(free, start + cost)) {
                return Math.max(0, start + cost - nowNanos);
            }
        }
    }

    @Override
    public String toString() {
        return isUnlimited() ? "unlimited" : bytesPerSecond + " bytes/s";
    }
}
