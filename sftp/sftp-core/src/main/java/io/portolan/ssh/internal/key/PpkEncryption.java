package io.portolan.ssh.internal.key;

import io.portolan.ssh.internal.key.KeyFileException.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * What PuTTY makes of a passphrase (PuTTY's documentation, appendix C): the key and initialisation vector of AES-256, and the key of the MAC. In version 2 by SHA-1, in version 3
 * by Argon2, whose memory and time are bounded, as a file need not come from a friend.
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, and wiped by its taker
record PpkEncryption(String macAlgorithm, byte[] key, byte[] iv, byte[] macKey) {

    /** KiB; {@code puttygen} takes 8 MiB. */
    static final int MAX_ARGON2_MEMORY = 64 * 1024;

    /** Passes times KiB. {@code puttygen} makes about 13 to 40 passes over its 8 MiB, as fast as the machine is; these take some ten seconds. */
    static final long MAX_ARGON2_WORK = 4L * 1024 * 1024;

    /** {@code puttygen} takes 1. */
    static final int MAX_ARGON2_PARALLELISM = 16;

    private static final int MAX_SALT_OCTETS = 64;
    private static final int MIN_SALT_OCTETS = 8;

    /** What Argon2 asks for each lane at least. */
    private static final int ARGON2_BLOCKS_A_LANE = 8;

    private static final int KEY_OCTETS = 32;
    private static final int MAC_KEY_OCTETS = 32;

    private static final String MAC_2 = "HmacSHA1";
    private static final String MAC_3 = "HmacSHA256";
    private static final byte[] MAC_KEY_PREFIX = "putty-private-key-file-mac-key".getBytes(StandardCharsets.US_ASCII);

    /**
     * The settings of Argon2 in a file.
     *
     * @param type as in {@link Argon2Parameters}
     * @param memory KiB
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once
    record Argon2(int type, long memory, long passes, long parallelism, byte[] salt) {

        /** Refuses what would take too much, or cannot be. */
        Argon2 checked() throws KeyFileException {
            if (memory > MAX_ARGON2_MEMORY
                    || passes > MAX_ARGON2_WORK
                    || memory * passes > MAX_ARGON2_WORK
                    || parallelism > MAX_ARGON2_PARALLELISM) {
                throw new KeyFileException(
                        Problem.UNSUPPORTED,
                        "a PuTTY key whose passphrase takes too much to be digested: at most " + MAX_ARGON2_MEMORY
                                + " KiB, passes times KiB up to " + MAX_ARGON2_WORK + ", parallelism "
                                + MAX_ARGON2_PARALLELISM + "; puttygen --ppk-param rewrites it");
            }
            boolean sane = passes >= 1 && parallelism >= 1 && memory >= ARGON2_BLOCKS_A_LANE * parallelism;
            if (!sane || salt.length < MIN_SALT_OCTETS || salt.length > MAX_SALT_OCTETS) {
                throw new KeyFileException(Problem.MALFORMED, "a PuTTY key whose settings of Argon2 cannot be");
            }
            return this;
        }

        private byte[] derive(byte[] passphrase, int octets) {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(type)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB((int) memory)
                    .withIterations((int) passes)
                    .withParallelism((int) parallelism)
                    .withSalt(salt)
                    .build());
            byte[] derived = new byte[octets];
            generator.generateBytes(passphrase, derived);
            return derived;
        }
    }

    /** Of a file of version 2 or 3 that is not encrypted, and has a MAC all the same. */
    static PpkEncryption none(int version) {
        return version == 2
                ? new PpkEncryption(MAC_2, new byte[0], new byte[0], sha1(MAC_KEY_PREFIX))
                : new PpkEncryption(MAC_3, new byte[0], new byte[0], new byte[0]);
    }

    /** Of an encrypted file of version 2. */
    static PpkEncryption ofVersion2(byte[] passphrase) {
        byte[] first = sha1(new byte[] {0, 0, 0, 0}, passphrase);
        byte[] second = sha1(new byte[] {0, 0, 0, 1}, passphrase);
        byte[] key = Arrays.copyOf(first, KEY_OCTETS);
        System.arraycopy(second, 0, key, first.length, KEY_OCTETS - first.length);
        Arrays.fill(first, (byte) 0);
        Arrays.fill(second, (byte) 0);
        return new PpkEncryption(MAC_2, key, new byte[AesCbc.BLOCK_OCTETS], sha1(MAC_KEY_PREFIX, passphrase));
    }

    /** Of an encrypted file of version 3. */
    static PpkEncryption ofVersion3(byte[] passphrase, Argon2 argon2) {
        int ivEnd = KEY_OCTETS + AesCbc.BLOCK_OCTETS;
        byte[] derived = argon2.derive(passphrase, ivEnd + MAC_KEY_OCTETS);
        PpkEncryption made = new PpkEncryption(
                MAC_3,
                Arrays.copyOf(derived, KEY_OCTETS),
                Arrays.copyOfRange(derived, KEY_OCTETS, ivEnd),
                Arrays.copyOfRange(derived, ivEnd, derived.length));
        Arrays.fill(derived, (byte) 0);
        return made;
    }

    boolean encrypts() {
        return key.length > 0;
    }

    byte[] mac(byte[] data) {
        try {
            Mac mac = Mac.getInstance(macAlgorithm);
            // the JDK takes no empty key; HMAC pads with zeros, so that a zero is the same
            mac.init(new SecretKeySpec(macKey.length == 0 ? new byte[1] : macKey, macAlgorithm));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no " + macAlgorithm, e);
        }
    }

    void wipe() {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(iv, (byte) 0);
        Arrays.fill(macKey, (byte) 0);
    }

    private static byte[] sha1(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-1", e);
        }
    }
}
