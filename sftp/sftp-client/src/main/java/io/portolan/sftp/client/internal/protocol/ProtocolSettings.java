package io.portolan.sftp.client.internal.protocol;

import java.time.Duration;

/**
 * What a client wants of the protocol.
 *
 * @param version the newest version that is offered, 3 to 6
 * @param reply how long a server may be silent while it owes an answer
 */
public record ProtocolSettings(int version, Duration reply) {

    /** What all servers have, and are tried with by most clients. */
    public static final int OLDEST = 3;

    /** The last draft's. */
    public static final int NEWEST = 6;

    /** Version 3, and a minute: longer than disks that were asleep need. */
    public static final ProtocolSettings DEFAULT = new ProtocolSettings(OLDEST, Duration.ofMinutes(1));

    /** Checks the components. */
    public ProtocolSettings {
        if (version < OLDEST || version > NEWEST) {
            throw new IllegalArgumentException("version: " + version + " is not within 3 to 6");
        }
        if (reply.isNegative() || reply.isZero()) {
            throw new IllegalArgumentException("reply: " + reply + " is not positive");
        }
    }
}
