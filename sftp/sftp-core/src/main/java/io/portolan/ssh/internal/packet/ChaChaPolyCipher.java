package io.portolan.ssh.internal.packet;

import java.security.GeneralSecurityException;

/**
 * chacha20-poly1305@openssh.com, as in OpenSSH's PROTOCOL.chacha20poly1305: the second half of the key encrypts the length by itself, the first half the rest, its
 * block 0 is the key of the Poly1305 over all that was encrypted. The sequence number is the nonce.
 *
 * <p>The construction is older than RFC 8439's, with nonces of eight octets and counters of eight; with four octets of zeros before the nonce the RFC's cipher
 * is the same up to 256 GiB per packet.
 */
final class ChaChaPolyCipher extends PacketCipher {

    static final int KEY_LENGTH = 2 * ChaCha20.KEY_LENGTH;

    private static final int BLOCK_SIZE = 8;

    private final ChaCha20 lengthCipher;
    private final ChaCha20 cipher;
    private final byte[] firstBlock = new byte[ChaCha20.BLOCK];
    private final byte[] lengthBlock = new byte[ChaCha20.BLOCK];
    private final byte[] tag = new byte[Poly1305.TAG_LENGTH];

    ChaChaPolyCipher(byte[] keys) throws GeneralSecurityException {
        super(BLOCK_SIZE, false, Poly1305.TAG_LENGTH);
        cipher = ChaCha20.of(keys, 0);
        lengthCipher = ChaCha20.of(keys, ChaCha20.KEY_LENGTH);
    }

    @Override
    void doSeal(int sequence, byte[] packet, int length, byte[] out, int outOffset) throws GeneralSecurityException {
        Octets.putInt(out, outOffset, cryptLength(sequence, packet));
        cipher.begin(sequence, firstBlock);
        cipher.apply(packet, LENGTH_FIELD, length, out, outOffset + LENGTH_FIELD);
        int sealed = LENGTH_FIELD + length;
        Poly1305.tag(firstBlock, out, outOffset, sealed, out, outOffset + sealed);
    }

    @Override
    int doOpenLength(int sequence, byte[] packet) throws GeneralSecurityException {
        return cryptLength(sequence, packet);
    }

    private int cryptLength(int sequence, byte[] packet) throws GeneralSecurityException {
        lengthCipher.begin(sequence, lengthBlock);
        return Octets.getInt(packet, 0) ^ Octets.getInt(lengthBlock, 0);
    }

    @Override
    boolean doOpen(int sequence, byte[] packet, int length, byte[] out, int outOffset) throws GeneralSecurityException {
        cipher.begin(sequence, firstBlock);
        int sealed = LENGTH_FIELD + length;
        Poly1305.tag(firstBlock, packet, 0, sealed, tag, 0);
        if (!Octets.equal(tag, 0, packet, sealed, tag.length)) {
            return false;
        }
        cipher.apply(packet, LENGTH_FIELD, length, out, outOffset);
        return true;
    }
}
