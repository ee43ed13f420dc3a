package io.portolan.sftp.client.internal.protocol;

import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;

/**
 * What statvfs@openssh.com tells (OpenSSH PROTOCOL section 4.4), in octets.
 *
 * @param total how large the store is
 * @param free what is not used
 * @param usable what of it the user may use
 */
public record SpaceReply(long total, long free, long usable) {

    static SpaceReply read(SshReader in) throws SshProtocolException {
        in.readUint64(); // the block's size
        long fragment = in.readUint64();
        return new SpaceReply(
                octets(fragment, in.readUint64()),
                octets(fragment, in.readUint64()),
                octets(fragment, in.readUint64()));
    }

    /** What is too large for a long is as much as it can tell. */
    private static long octets(long fragment, long blocks) {
        if (fragment <= 0 || blocks < 0) {
            return fragment == 0 || blocks == 0 ? 0 : Long.MAX_VALUE;
        }
        return Math.multiplyHigh(fragment, blocks) == 0 && fragment * blocks >= 0 ? fragment * blocks : Long.MAX_VALUE;
    }
}
