package io.portolan.ssh.internal.packet;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-GCM as OpenSSH has it: RFC 5647, sections 7.1 and 7.2, with names that leave no doubt about the negotiation. The length is in the clear and authenticated.
 *
 * <p>The nonce is twelve octets from the key exchange, of which the last eight are a number that grows with each packet. It goes its own way, not the sequence
 * number's: strict key exchange begins the latter anew. It returns to where it began after 2^64 packets, and keys change long before.
 */
final class GcmCipher extends PacketCipher {

    static final int NONCE_LENGTH = 12;

    private static final int FIXED_LENGTH = 4;
    private static final int BLOCK_SIZE = 16;
    private static final int TAG_LENGTH = 16;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final byte[] nonce;

    GcmCipher(byte[] key, byte[] nonce) throws GeneralSecurityException {
        super(BLOCK_SIZE, false, TAG_LENGTH);
        this.cipher = JdkCrypto.cipher("AES/GCM/NoPadding");
        this.key = new SecretKeySpec(key, "AES");
        this.nonce = nonce.clone();
    }

    @Override
    void doSeal(int sequence, byte[] packet, int length, byte[] out, int outOffset) throws GeneralSecurityException {
        begin(Cipher.ENCRYPT_MODE, packet);
        System.arraycopy(packet, 0, out, outOffset, LENGTH_FIELD);
        cipher.doFinal(packet, LENGTH_FIELD, length, out, outOffset + LENGTH_FIELD);
    }

    @Override
    int doOpenLength(int sequence, byte[] packet) {
        return Octets.getInt(packet, 0);
    }

    @Override
    boolean doOpen(int sequence, byte[] packet, int length, byte[] out, int outOffset) throws GeneralSecurityException {
        begin(Cipher.DECRYPT_MODE, packet);
        // In another array, since JDK 17 answers a decryption in place with a copy of the whole array.
        cipher.doFinal(packet, LENGTH_FIELD, length + TAG_LENGTH, out, outOffset);
        return true;
    }

    private void begin(int mode, byte[] packet) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce));
        cipher.updateAAD(packet, 0, LENGTH_FIELD);
        increment();
    }

    private void increment() {
        for (int i = NONCE_LENGTH - 1; i >= FIXED_LENGTH; i--) {
            nonce[i]++;
            if (nonce[i] != 0) {
                return;
            }
        }
    }
}
