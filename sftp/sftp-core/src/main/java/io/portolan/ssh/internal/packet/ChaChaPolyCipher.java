package io.portolan.ssh.internal.packet;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * chacha20-poly1305@openssh.com, as in OpenSSH's PROTOCOL.chacha20poly1305: the second half of the key encrypts the length by itself, the first half the rest, its
 * block 0 is the key of the Poly1305 over all that was encrypted. The sequence number is the nonce.
 *
 * <p>The construction is older than RFC 8439's, with nonces of eight octets and counters of eight; with four octets of zeros before the nonce the RFC's cipher, which
 * is the JDK's, is the same up to 256 GiB per packet.
 */
final class ChaChaPolyCipher extends PacketCipher {

    static final int KEY_LENGTH = 64;

    private static final int BLOCK_SIZE = 8;
    private static final int NONCE_LENGTH = 12;
    private static final int SEQUENCE_OFFSET = 8;
    private static final int CHACHA_KEY_LENGTH = 32;
    private static final int CHACHA_BLOCK = 64;
    private static final byte[] ZEROS = new byte[CHACHA_BLOCK];

    private final Cipher lengthCipher;
    private final Cipher cipher;
    private final SecretKeySpec lengthKey;
    private final SecretKeySpec key;
    private final byte[] nonce = new byte[NONCE_LENGTH];
    private final byte[] firstBlock = new byte[CHACHA_BLOCK];
    private final byte[] lengthField = new byte[LENGTH_FIELD];
    private final byte[] tag = new byte[Poly1305.TAG_LENGTH];

    ChaChaPolyCipher(byte[] keys) throws GeneralSecurityException {
        super(BLOCK_SIZE, false, Poly1305.TAG_LENGTH);
        lengthCipher = JdkCrypto.cipher("ChaCha20");
        cipher = JdkCrypto.cipher("ChaCha20");
        key = new SecretKeySpec(keys, 0, CHACHA_KEY_LENGTH, "ChaCha20");
        lengthKey = new SecretKeySpec(keys, CHACHA_KEY_LENGTH, CHACHA_KEY_LENGTH, "ChaCha20");
    }

    @Override
    void doSeal(int sequence, byte[] packet, int length, byte[] out, int outOffset) throws GeneralSecurityException {
        begin(lengthCipher, lengthKey, sequence);
        lengthCipher.doFinal(packet, 0, LENGTH_FIELD, out, outOffset);
        beginPayload(sequence);
        cipher.doFinal(packet, LENGTH_FIELD, length, out, outOffset + LENGTH_FIELD);
        int sealed = LENGTH_FIELD + length;
        Poly1305.tag(firstBlock, out, outOffset, sealed, out, outOffset + sealed);
    }

    @Override
    int doOpenLength(int sequence, byte[] packet) throws GeneralSecurityException {
        begin(lengthCipher, lengthKey, sequence);
        lengthCipher.doFinal(packet, 0, LENGTH_FIELD, lengthField, 0);
        return Octets.getInt(lengthField, 0);
    }

    @Override
    boolean doOpen(int sequence, byte[] packet, int length, byte[] out, int outOffset) throws GeneralSecurityException {
        beginPayload(sequence);
        int sealed = LENGTH_FIELD + length;
        Poly1305.tag(firstBlock, packet, 0, sealed, tag, 0);
        if (!Octets.equal(tag, 0, packet, sealed, tag.length)) {
            return false;
        }
        cipher.doFinal(packet, LENGTH_FIELD, length, out, outOffset);
        return true;
    }

    /** Leaves the key of Poly1305 in {@link #firstBlock}, and the cipher at block 1: the JDK refuses a second beginning with the same nonce. */
    private void beginPayload(int sequence) throws GeneralSecurityException {
        begin(cipher, key, sequence);
        cipher.update(ZEROS, 0, CHACHA_BLOCK, firstBlock, 0);
    }

    private void begin(Cipher which, SecretKeySpec itsKey, int sequence) throws GeneralSecurityException {
        Octets.putInt(nonce, SEQUENCE_OFFSET, sequence);
        which.init(Cipher.ENCRYPT_MODE, itsKey, new ChaCha20ParameterSpec(nonce, 0));
    }
}
