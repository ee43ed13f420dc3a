package io.portolan.sftp.client;

import java.util.Locale;
import java.util.Objects;

/**
 * A file's hash.
 *
 * @param algorithm how it was made
 * @param value its octets in hexadecimal, lower case
 */
public record Checksum(ChecksumAlgorithm algorithm, String value) {

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the value is not made of hexadecimal digits
     */
    public Checksum {
        Objects.requireNonNull(algorithm, "algorithm");
        value = value.toLowerCase(Locale.ROOT);
        if (value.isEmpty() || !value.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80)) {
            throw new IllegalArgumentException("value: is not hexadecimal");
        }
    }
}
