package io.portolan.ssh.internal.transport;

import io.portolan.ssh.internal.packet.KeyUsage;
import java.time.Duration;

/**
 * When keys are renewed, whichever comes first. RFC 4253 section 9 wants it after each gigabyte or hour; RFC 4344 section 3.1 after 2^31 packets.
 *
 * @param octets in one direction
 * @param packets in one direction
 * @param time since the last key exchange
 */
public record RekeyLimits(long octets, long packets, Duration time) {

    /** What RFC 4253 and RFC 4344 recommend. */
    public static final RekeyLimits STANDARD = new RekeyLimits(1L << 30, 1L << 31, Duration.ofHours(1));

    public RekeyLimits {
        if (octets < 1 || packets < 1 || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("rekeyLimits: must all be positive");
        }
    }

    boolean reached(KeyUsage usage) {
        return usage.octets() >= octets || usage.packets() >= packets;
    }
}
