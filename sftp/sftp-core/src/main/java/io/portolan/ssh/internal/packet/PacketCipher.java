package io.portolan.ssh.internal.packet;

import io.portolan.ssh.internal.wire.SshProtocolException;
import java.security.GeneralSecurityException;

/**
 * Encryption and integrity of one direction, which are one thing: who decrypts has verified. Works on heap arrays, one call of the JDK's cipher per packet.
 *
 * <p>A packet is an array that begins with the four octets of its length; {@code length} is their value, as in RFC 4253, section 6. The sequence number is handed in,
 * so that strict key exchange can begin it anew. Each object serves one direction under one set of keys and belongs to its connection's event loop; packets come in
 * their order.
 */
public abstract sealed class PacketCipher permits NoCipher, GcmCipher, ChaChaPolyCipher, CtrCipher {

    /** Octets of the field {@code packet_length}. */
    static final int LENGTH_FIELD = 4;

    private final int blockSize;
    private final boolean lengthIsAligned;
    private final int tagLength;

    /**
     * Makes one.
     *
     * @param blockSize what packets are padded to a multiple of
     * @param lengthIsAligned whether the length's four octets are part of what is padded: where they are encrypted along with the rest
     * @param tagLength octets of MAC or tag behind the packet
     */
    PacketCipher(int blockSize, boolean lengthIsAligned, int tagLength) {
        this.blockSize = blockSize;
        this.lengthIsAligned = lengthIsAligned;
        this.tagLength = tagLength;
    }

    /** The cipher before the first NEWKEYS: neither encryption nor integrity. */
    public static PacketCipher none() {
        return new NoCipher();
    }

    /** Octets of MAC or tag behind the packet. */
    public final int tagLength() {
        return tagLength;
    }

    /** The octets of padding for a payload: the fewest that RFC 4253, section 6, allows. */
    public final int paddingFor(int payload) {
        int padded = (lengthIsAligned ? LENGTH_FIELD : 0) + 1 + payload;
        int padding = blockSize - padded % blockSize;
        while (padding < PacketLimits.MIN_PADDING || LENGTH_FIELD + 1 + payload + padding < PacketLimits.MIN_SENT) {
            padding += blockSize;
        }
        return padding;
    }

    /** Whether a peer may send a packet of this length. */
    final boolean isPossible(int length, int maxLength) {
        return length >= PacketLimits.MIN_LENGTH
                && length <= maxLength
                && (length + (lengthIsAligned ? LENGTH_FIELD : 0)) % blockSize == 0;
    }

    /**
     * Encrypts and protects a packet.
     *
     * @param packet length and {@code length} octets in the clear, from index 0
     * @param out another array, which gets {@code 4 + length + tagLength()} octets
     */
    public final void seal(int sequence, byte[] packet, int length, byte[] out, int outOffset) {
        try {
            doSeal(sequence, packet, length, out, outOffset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a packet cannot be encrypted", e);
        }
    }

    /**
     * Reads a packet's length, which is not verified yet but where it is said otherwise. Called once per packet, before {@link #open}.
     *
     * @param packet the packet's first four octets, from index 0; they stay as they are
     * @return what the peer wrote, maybe negative
     */
    public final int openLength(int sequence, byte[] packet) {
        try {
            return doOpenLength(sequence, packet);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a packet cannot be decrypted", e);
        }
    }

    /**
     * Verifies and decrypts a packet.
     *
     * @param packet {@code 4 + length + tagLength()} octets as they came, from index 0
     * @param out another array, which gets the {@code length} octets behind the length; without meaning if this throws
     * @throws SshProtocolException if the packet is not what the peer has sent
     */
    public final void open(int sequence, byte[] packet, int length, byte[] out, int outOffset)
            throws SshProtocolException {
        boolean whole;
        try {
            whole = doOpen(sequence, packet, length, out, outOffset);
        } catch (GeneralSecurityException e) {
            whole = false;
        }
        if (!whole) {
            throw PacketFailure.broken();
        }
    }

    abstract void doSeal(int sequence, byte[] packet, int length, byte[] out, int outOffset)
            throws GeneralSecurityException;

    abstract int doOpenLength(int sequence, byte[] packet) throws GeneralSecurityException;

    /** Returns whether the packet is whole; a tag that the JDK finds wrong may be thrown. */
    abstract boolean doOpen(int sequence, byte[] packet, int length, byte[] out, int outOffset)
            throws GeneralSecurityException;
}
