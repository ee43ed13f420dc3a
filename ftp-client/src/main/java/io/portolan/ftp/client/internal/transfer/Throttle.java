package io.portolan.ftp.client.internal.transfer;

import io.portolan.guard.RateLimit;

/** The rate limits of a transfer: its own, and that of its client. */
public record Throttle(RateLimit own, RateLimit shared) {

    /** No limit. */
    public static final Throttle NONE = new Throttle(RateLimit.unlimited(), RateLimit.unlimited());

    boolean isNone() {
        return own.isUnlimited() && shared.isUnlimited();
    }

    /** How long to wait behind octets that are moved now, in nanoseconds. */
    long nanosToWait(int octets) {
        if (isNone()) {
            return 0;
        }
        long now = System.nanoTime();
        return Math.max(own.reserve(octets, now), shared.reserve(octets, now));
    }
}
