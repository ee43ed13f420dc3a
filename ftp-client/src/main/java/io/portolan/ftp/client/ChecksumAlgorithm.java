package io.portolan.ftp.client;

/** The hashes that servers tell of files. All find out what has changed by accident; only SHA-256 and SHA-512 what somebody has changed on purpose. */
public enum ChecksumAlgorithm {
    /** The cyclic redundancy check of ZIP and Ethernet. */
    CRC32("CRC32", "XCRC"),
    /** RFC 1321. */
    MD5("MD5", "XMD5"),
    /** FIPS 180-4. */
    SHA1("SHA-1", "XSHA1"),
    /** FIPS 180-4. */
    SHA256("SHA-256", "XSHA256"),
    /** FIPS 180-4. */
    SHA512("SHA-512", "XSHA512");

    private final String hashName;
    private final String verb;

    ChecksumAlgorithm(String hashName, String verb) {
        this.hashName = hashName;
        this.verb = verb;
    }

    /**
     * What HASH (draft-bryan-ftpext-hash) calls it.
     *
     * @return the name, such as {@code SHA-256}
     */
    public String hashName() {
        return hashName;
    }

    /**
     * The older command that asks for it.
     *
     * @return the verb, such as {@code XSHA256}
     */
    public String verb() {
        return verb;
    }
}
