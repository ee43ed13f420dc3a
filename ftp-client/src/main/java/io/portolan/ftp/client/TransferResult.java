package io.portolan.ftp.client;

import io.portolan.ftp.FtpReply;
import java.util.Objects;

/**
 * A transfer that has succeeded.
 *
 * @param octets how many octets were moved
 * @param offset how many were there before, of an earlier attempt
 * @param reply what the server has said of it (226 or 250)
 * @param verified how it was verified: {@link Verification#NONE}, {@link Verification#SIZE} or {@link Verification#HASH}
 */
public record TransferResult(long octets, long offset, FtpReply reply, Verification verified) {

    /** Checks the components. */
    public TransferResult {
        Objects.requireNonNull(reply, "reply");
        Objects.requireNonNull(verified, "verified");
    }
}
