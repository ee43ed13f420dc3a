package io.portolan.ssh.internal.packet;

import java.util.Optional;

/** The MACs that there are (RFC 6668, and OpenSSH's forms that encrypt first). Neither SHA-1 nor MD5. */
public enum SshMac {
    /** {@code hmac-sha2-256-etm@openssh.com}. */
    HMAC_SHA2_256_ETM("hmac-sha2-256-etm@openssh.com", "HmacSHA256", 32, true),
    /** {@code hmac-sha2-512-etm@openssh.com}. */
    HMAC_SHA2_512_ETM("hmac-sha2-512-etm@openssh.com", "HmacSHA512", 64, true),
    /** {@code hmac-sha2-256}. */
    HMAC_SHA2_256("hmac-sha2-256", "HmacSHA256", 32, false),
    /** {@code hmac-sha2-512}. */
    HMAC_SHA2_512("hmac-sha2-512", "HmacSHA512", 64, false);

    private final String sshName;
    private final String jdkName;
    private final int length;
    private final boolean encryptThenMac;

    SshMac(String sshName, String jdkName, int length, boolean encryptThenMac) {
        this.sshName = sshName;
        this.jdkName = jdkName;
        this.length = length;
        this.encryptThenMac = encryptThenMac;
    }

    /** Finds a MAC by its name in the negotiation. */
    public static Optional<SshMac> named(String sshName) {
        for (SshMac mac : values()) {
            if (mac.sshName.equals(sshName)) {
                return Optional.of(mac);
            }
        }
        return Optional.empty();
    }

    /** The name in the negotiation. */
    public String sshName() {
        return sshName;
    }

    /** Octets of key that it takes from the key exchange, which are as many as it gives. */
    public int keyLength() {
        return length;
    }

    String jdkName() {
        return jdkName;
    }

    int length() {
        return length;
    }

    boolean isEncryptThenMac() {
        return encryptThenMac;
    }
}
