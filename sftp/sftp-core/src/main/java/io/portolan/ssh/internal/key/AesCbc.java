package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import java.security.GeneralSecurityException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in CBC mode, with which the older formats of key files are encrypted; nothing else is. */
final class AesCbc {

    static final int BLOCK_OCTETS = 16;

    private AesCbc() {}

    /** Decrypts, and takes the padding of PKCS#7 off. */
    static byte[] decryptPadded(byte[] key, byte[] iv, byte[] ciphertext) throws KeyFileException {
        return decrypt("AES/CBC/PKCS5Padding", key, iv, ciphertext);
    }

    /** Decrypts whole blocks. */
    static byte[] decryptBlocks(byte[] key, byte[] iv, byte[] ciphertext) throws KeyFileException {
        return decrypt("AES/CBC/NoPadding", key, iv, ciphertext);
    }

    private static byte[] decrypt(String transformation, byte[] key, byte[] iv, byte[] ciphertext)
            throws KeyFileException {
        try {
            Cipher cipher = Cipher.getInstance(transformation);
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(ciphertext);
        } catch (IllegalBlockSizeException e) {
            throw new KeyFileException(Problem.MALFORMED, "encrypted octets that are no blocks", e);
        } catch (BadPaddingException e) {
            throw Passphrase.wrong(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + transformation, e);
        }
    }
}
