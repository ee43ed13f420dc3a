package io.portolan.sftp.client;

import java.util.Objects;

/**
 * A transfer that has succeeded.
 *
 * @param octets how many octets were moved
 * @param offset how many were there before, of an earlier attempt
 * @param verified how it was verified: {@link Verification#NONE}, {@link Verification#SIZE} or {@link Verification#HASH}
 */
public record TransferResult(long octets, long offset, Verification verified) {

    /** Checks the components. */
    public TransferResult {
        Objects.requireNonNull(verified, "verified");
    }
}
