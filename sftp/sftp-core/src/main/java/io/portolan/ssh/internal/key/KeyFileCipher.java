package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The ciphers of private key files: those that {@code ssh-keygen -Z} takes and a JDK has. */
enum KeyFileCipher {
    AES256_CTR("aes256-ctr", "AES/CTR/NoPadding", 32, 16, 0),
    AES192_CTR("aes192-ctr", "AES/CTR/NoPadding", 24, 16, 0),
    AES128_CTR("aes128-ctr", "AES/CTR/NoPadding", 16, 16, 0),
    AES256_CBC("aes256-cbc", "AES/CBC/NoPadding", 32, 16, 0),
    AES192_CBC("aes192-cbc", "AES/CBC/NoPadding", 24, 16, 0),
    AES128_CBC("aes128-cbc", "AES/CBC/NoPadding", 16, 16, 0),
    AES256_GCM("aes256-gcm@openssh.com", "AES/GCM/NoPadding", 32, 12, 16),
    AES128_GCM("aes128-gcm@openssh.com", "AES/GCM/NoPadding", 16, 12, 16);

    /** Of AES, to whose multiples all of them are padded. */
    static final int BLOCK_OCTETS = 16;

    private final String sshName;
    private final String transformation;
    private final int keyOctets;
    private final int ivOctets;
    private final int tagOctets;

    KeyFileCipher(String sshName, String transformation, int keyOctets, int ivOctets, int tagOctets) {
        this.sshName = sshName;
        this.transformation = transformation;
        this.keyOctets = keyOctets;
        this.ivOctets = ivOctets;
        this.tagOctets = tagOctets;
    }

    static Optional<KeyFileCipher> named(String sshName) {
        return Arrays.stream(values())
                .filter(cipher -> cipher.sshName.equals(sshName))
                .findFirst();
    }

    /** How much of the passphrase's digest it needs: key and IV. */
    int materialOctets() {
        return keyOctets + ivOctets;
    }

    /** What stands behind the encrypted part. */
    int tagOctets() {
        return tagOctets;
    }

    /** The plaintext of a ciphertext with its tag. */
    byte[] decrypt(byte[] material, byte[] ciphertext) throws KeyFileException {
        try {
            Cipher cipher = Cipher.getInstance(transformation);
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(material, 0, keyOctets, "AES"), parameters(material));
            return cipher.doFinal(ciphertext);
        } catch (AEADBadTagException e) {
            throw new KeyFileException(Problem.PASSPHRASE_WRONG, "another passphrase, or a damaged file", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + transformation, e);
        }
    }

    private AlgorithmParameterSpec parameters(byte[] material) {
        return tagOctets > 0
                ? new GCMParameterSpec(tagOctets * Byte.SIZE, material, keyOctets, ivOctets)
                : new IvParameterSpec(material, keyOctets, ivOctets);
    }
}
