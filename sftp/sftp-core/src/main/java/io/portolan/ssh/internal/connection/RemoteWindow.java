package io.portolan.ssh.internal.connection;

import io.portolan.ssh.internal.wire.SshProtocolException;

/** What the peer lets us send (RFC 4254 section 5.2). */
final class RemoteWindow {

    /**
     * Peers that take fewer octets at a time are refused: nobody needs that, and each answer would be thousands of packets. RFC 4253 section 6.1 asks everybody for 32 KiB.
     */
    static final int LEAST_PACKET = 256;

    private static final long MOST = 0xffff_ffffL;

    private final int maxPacket;
    private long credit;

    /**
     * Makes a window.
     *
     * @param credit the initial window, a uint32
     * @param maxPacket the peer's maximum packet size, a uint32 for which {@link #isPossible} is true
     */
    RemoteWindow(long credit, long maxPacket) {
        this.credit = credit;
        this.maxPacket = (int) Math.min(maxPacket, ConnectionSettings.MOST_DATA);
    }

    static boolean isPossible(long maxPacket) {
        return maxPacket >= LEAST_PACKET;
    }

    void adjust(long octets) throws SshProtocolException {
        if (octets > MOST - credit) {
            throw SshProtocolException.malformed("a window of " + credit + " octets and " + octets + " more");
        }
        credit += octets;
    }

    /** How many octets the next packet may have; 0 until there is credit. */
    int room() {
        return (int) Math.min(maxPacket, credit);
    }

    void sent(int octets) {
        credit -= octets;
    }
}
