package io.portolan.ssh.internal.packet;

import io.portolan.ssh.internal.wire.SshProtocolException;

/** What went through one direction under its present keys; from these numbers it is decided when to change them (RFC 4253, section 9). Lives on the event loop. */
public final class KeyUsage {

    private final long maxPackets;
    private long packets;
    private long octets;

    KeyUsage(long maxPackets) {
        this.maxPackets = maxPackets;
    }

    /** Packets under these keys. */
    public long packets() {
        return packets;
    }

    /** Octets of these packets as they are on the wire. */
    public long octets() {
        return octets;
    }

    /** Counts a packet before it is sealed or opened: the one that would be too many is not. */
    void count(int packetOctets) throws SshProtocolException {
        if (packets == maxPackets) {
            throw PacketFailure.keysUsedUp(maxPackets);
        }
        packets++;
        octets += packetOctets;
    }
}
