package io.portolan.sftp.client;

/** The hashes that servers tell of files. All find out what has changed by accident; only SHA-256 and SHA-512 what somebody has changed on purpose. */
public enum ChecksumAlgorithm {
    /** The cyclic redundancy check of ZIP and Ethernet. */
    CRC32("CRC32", "crc32"),
    /** RFC 1321. */
    MD5("MD5", "md5"),
    /** FIPS 180-4. */
    SHA1("SHA-1", "sha1"),
    /** FIPS 180-4. */
    SHA256("SHA-256", "sha256"),
    /** FIPS 180-4. */
    SHA512("SHA-512", "sha512");

    private final String hashName;
    private final String wireName;

    ChecksumAlgorithm(String hashName, String wireName) {
        this.hashName = hashName;
        this.wireName = wireName;
    }

    /**
     * What {@link java.security.MessageDigest} calls it.
     *
     * @return the name, such as {@code SHA-256}
     */
    public String hashName() {
        return hashName;
    }

    /**
     * What the extension check-file (draft-ietf-secsh-filexfer-extensions-00 section 3) calls it.
     *
     * @return the name, such as {@code sha256}
     */
    public String wireName() {
        return wireName;
    }
}
