package io.portolan.ssh.internal.packet;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The JDK's. */
final class JdkChaCha20 implements ChaCha20 {

    private static final int NONCE_LENGTH = 12;
    private static final int SEQUENCE_OFFSET = 8;
    private static final byte[] ZEROS = new byte[BLOCK];

    private final Cipher cipher = JdkCrypto.cipher("ChaCha20");
    private final SecretKeySpec key;
    private final byte[] nonce = new byte[NONCE_LENGTH];

    JdkChaCha20(byte[] keys, int offset) throws GeneralSecurityException {
        key = new SecretKeySpec(keys, offset, KEY_LENGTH, "ChaCha20");
    }

    /** Leaves the cipher at block 1: the JDK refuses a second beginning with the same nonce. */
    @Override
    public void begin(int sequence, byte[] block) throws GeneralSecurityException {
        Octets.putInt(nonce, SEQUENCE_OFFSET, sequence);
        cipher.init(Cipher.ENCRYPT_MODE, key, new ChaCha20ParameterSpec(nonce, 0));
        cipher.update(ZEROS, 0, BLOCK, block, 0);
    }

    @Override
    public void apply(byte[] in, int offset, int length, byte[] out, int outOffset) throws GeneralSecurityException {
        cipher.doFinal(in, offset, length, out, outOffset);
    }
}
