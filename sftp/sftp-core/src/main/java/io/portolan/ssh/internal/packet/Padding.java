package io.portolan.ssh.internal.packet;

import java.security.SecureRandom;

/** Random octets for padding (RFC 4253, section 6), fetched in advance: a call of the generator per packet would cost more than encrypting a short one. */
final class Padding {

    /** Enough for a few dozen packets, little enough for idle sessions. */
    private static final int STOCK = 512;

    private final SecureRandom random;
    private final byte[] stock = new byte[STOCK];
    private int left;

    Padding(SecureRandom random) {
        this.random = random;
    }

    /** Writes up to 255 octets that were never used before. */
    void write(byte[] out, int offset, int length) {
        if (left < length) {
            random.nextBytes(stock);
            left = STOCK;
        }
        left -= length;
        System.arraycopy(stock, left, out, offset, length);
    }
}
