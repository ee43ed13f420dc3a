package io.portolan.ssh.internal.packet;

/** Packets in the clear, until the first NEWKEYS. Padded to eight octets (RFC 4253, section 6). */
final class NoCipher extends PacketCipher {

    private static final int ALIGNMENT = 8;

    NoCipher() {
        super(ALIGNMENT, true, 0);
    }

    @Override
    void doSeal(int sequence, byte[] packet, int length, byte[] out, int outOffset) {
        System.arraycopy(packet, 0, out, outOffset, LENGTH_FIELD + length);
    }

    @Override
    int doOpenLength(int sequence, byte[] packet) {
        return Octets.getInt(packet, 0);
    }

    @Override
    boolean doOpen(int sequence, byte[] packet, int length, byte[] out, int outOffset) {
        System.arraycopy(packet, LENGTH_FIELD, out, outOffset, length);
        return true;
    }
}
