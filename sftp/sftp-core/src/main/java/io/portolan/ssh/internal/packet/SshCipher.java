package io.portolan.ssh.internal.packet;

import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ciphers that there are, and how they are made of what the key exchange derives (RFC 4253, section 7.2). No CBC, no RC4, no 3DES. */
public enum SshCipher {
    /** {@code aes128-gcm@openssh.com}. */
    AES128_GCM("aes128-gcm@openssh.com", 16, GcmCipher.NONCE_LENGTH),
    /** {@code aes256-gcm@openssh.com}. */
    AES256_GCM("aes256-gcm@openssh.com", 32, GcmCipher.NONCE_LENGTH),
    /** {@code chacha20-poly1305@openssh.com}. */
    CHACHA20_POLY1305("chacha20-poly1305@openssh.com", ChaChaPolyCipher.KEY_LENGTH, 0),
    /** {@code aes128-ctr}. */
    AES128_CTR("aes128-ctr", 16, CtrCipher.IV_LENGTH),
    /** {@code aes192-ctr}. */
    AES192_CTR("aes192-ctr", 24, CtrCipher.IV_LENGTH),
    /** {@code aes256-ctr}. */
    AES256_CTR("aes256-ctr", 32, CtrCipher.IV_LENGTH);

    private final String sshName;
    private final int keyLength;
    private final int ivLength;

    SshCipher(String sshName, int keyLength, int ivLength) {
        this.sshName = sshName;
        this.keyLength = keyLength;
        this.ivLength = ivLength;
    }

    /** Finds a cipher by its name in the negotiation. */
    public static Optional<SshCipher> named(String sshName) {
        for (SshCipher cipher : values()) {
            if (cipher.sshName.equals(sshName)) {
                return Optional.of(cipher);
            }
        }
        return Optional.empty();
    }

    /** The name in the negotiation. */
    public String sshName() {
        return sshName;
    }

    /** Octets of key that it takes from the key exchange. */
    public int keyLength() {
        return keyLength;
    }

    /** Octets of the initial IV that it takes from the key exchange, maybe none. */
    public int ivLength() {
        return ivLength;
    }

    /** Whether it protects packets by itself, so that the MAC that was negotiated along with it means nothing. */
    public boolean isAuthenticated() {
        return switch (this) {
            case AES128_GCM, AES256_GCM, CHACHA20_POLY1305 -> true;
            case AES128_CTR, AES192_CTR, AES256_CTR -> false;
        };
    }

    /**
     * Makes the cipher of one direction. The arrays are copied; to clear them is their owner's business.
     *
     * @param mac the MAC; ignored, and may be null, if this cipher {@linkplain #isAuthenticated() needs none}
     * @param iv {@link #ivLength()} octets
     * @param key {@link #keyLength()} octets
     * @param macKey {@link SshMac#keyLength()} octets; ignored without a MAC
     * @throws IllegalArgumentException if a length is wrong or the MAC is missing
     * @throws GeneralSecurityException if this Java runtime lacks the algorithm
     */
    public PacketCipher create(@Nullable SshMac mac, byte[] iv, byte[] key, byte[] macKey)
            throws GeneralSecurityException {
        requireLength("IV", iv, ivLength);
        requireLength("key", key, keyLength);
        return switch (this) {
            case AES128_GCM, AES256_GCM -> new GcmCipher(key, iv);
            case CHACHA20_POLY1305 -> new ChaChaPolyCipher(key);
            case AES128_CTR, AES192_CTR, AES256_CTR -> {
                if (mac == null) {
                    throw new IllegalArgumentException(sshName + " without a MAC");
                }
                requireLength("MAC key", macKey, mac.keyLength());
                yield new CtrCipher(key, iv, mac, macKey);
            }
        };
    }

    private void requireLength(String what, byte[] octets, int length) {
        if (octets.length != length) {
            throw new IllegalArgumentException(
                    what + " of " + octets.length + " octets, " + sshName + " takes " + length);
        }
    }
}
