package io.portolan.ssh.internal.packet;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in counter mode (RFC 4344, section 4) with an HMAC (RFC 6668), which covers either what was encrypted (the {@code -etm@openssh.com} forms: the length is in the
 * clear) or, as in RFC 4253, section 6.4, what is to be encrypted. The counter runs through all packets.
 */
final class CtrCipher extends PacketCipher {

    static final int IV_LENGTH = 16;

    private static final int BLOCK_SIZE = 16;

    private final boolean encryptThenMac;
    private final Cipher cipher;
    private final Mac mac;
    private final byte[] number = new byte[Integer.BYTES];
    private final byte[] lengthField = new byte[LENGTH_FIELD];
    private final byte[] tag;

    CtrCipher(byte[] key, byte[] iv, SshMac algorithm, byte[] macKey) throws GeneralSecurityException {
        super(BLOCK_SIZE, !algorithm.isEncryptThenMac(), algorithm.length());
        encryptThenMac = algorithm.isEncryptThenMac();
        cipher = JdkCrypto.cipher("AES/CTR/NoPadding");
        // In counter mode decrypting is encrypting.
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        mac = JdkCrypto.mac(algorithm.jdkName());
        mac.init(new SecretKeySpec(macKey, algorithm.jdkName()));
        tag = new byte[algorithm.length()];
    }

    @Override
    void doSeal(int sequence, byte[] packet, int length, byte[] out, int outOffset) throws GeneralSecurityException {
        int end = LENGTH_FIELD + length;
        beginMac(sequence);
        if (encryptThenMac) {
            System.arraycopy(packet, 0, out, outOffset, LENGTH_FIELD);
            crypt(packet, LENGTH_FIELD, length, out, outOffset + LENGTH_FIELD);
            mac.update(out, outOffset, end);
        } else {
            mac.update(packet, 0, end);
            crypt(packet, 0, end, out, outOffset);
        }
        mac.doFinal(out, outOffset + end);
    }

    @Override
    int doOpenLength(int sequence, byte[] packet) throws GeneralSecurityException {
        if (encryptThenMac) {
            return Octets.getInt(packet, 0);
        }
        crypt(packet, 0, LENGTH_FIELD, lengthField, 0);
        return Octets.getInt(lengthField, 0);
    }

    @Override
    boolean doOpen(int sequence, byte[] packet, int length, byte[] out, int outOffset) throws GeneralSecurityException {
        beginMac(sequence);
        if (encryptThenMac) {
            mac.update(packet, 0, LENGTH_FIELD + length);
            if (!isTag(packet, length)) {
                return false;
            }
            crypt(packet, LENGTH_FIELD, length, out, outOffset);
            return true;
        }
        crypt(packet, LENGTH_FIELD, length, out, outOffset);
        mac.update(lengthField, 0, LENGTH_FIELD);
        mac.update(out, outOffset, length);
        return isTag(packet, length);
    }

    private void beginMac(int sequence) {
        Octets.putInt(number, 0, sequence);
        mac.update(number, 0, number.length);
    }

    private boolean isTag(byte[] packet, int length) throws GeneralSecurityException {
        mac.doFinal(tag, 0);
        return Octets.equal(tag, 0, packet, LENGTH_FIELD + length, tag.length);
    }

    /** Continues the key stream; in counter mode an update gives as many octets as it gets. */
    private void crypt(byte[] in, int offset, int length, byte[] out, int outOffset) throws GeneralSecurityException {
        int given = cipher.update(in, offset, length, out, outOffset);
        if (given != length) {
            throw new GeneralSecurityException("the cipher keeps octets back");
        }
    }
}
