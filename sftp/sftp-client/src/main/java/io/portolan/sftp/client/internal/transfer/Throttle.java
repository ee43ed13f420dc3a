package io.portolan.sftp.client.internal.transfer;

import io.portolan.guard.RateLimit;

/**
 * The rate limits of a transfer.
 *
 * @param own its own
 * @param shared that of its client
 */
record Throttle(RateLimit own, RateLimit shared) {

    /** How long to wait behind octets that are moved now, in nanoseconds. */
    long nanosToWait(int octets) {
        if (own.isUnlimited() && shared.isUnlimited()) {
            return 0;
        }
        long now = System.nanoTime();
        return Math.max(own.reserve(octets, now), shared.reserve(octets, now));
    }
}
