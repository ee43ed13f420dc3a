package io.portolan.fs;

/**
 * What a file system may hold at most ({@link FileSystems#quota}).
 *
 * @param maxBytes the contents of all files together, uploads that run and kept parts of broken ones included
 * @param maxFiles files, directories and links together, the root not counted
 */
public record QuotaLimits(long maxBytes, long maxFiles) {
    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public QuotaLimits {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + " is negative");
        }
        if (maxFiles < 0) {
            throw new IllegalArgumentException("maxFiles: " + maxFiles + " is negative");
        }
    }

    /**
     * A limit for the contents only.
     *
     * @param maxBytes the contents of all files together
     * @return the limits
     */
    public static QuotaLimits ofBytes(long maxBytes) {
        return new QuotaLimits(maxBytes, Long.MAX_VALUE);
    }
}
