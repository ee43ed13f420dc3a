package io.portolan.ssh.internal.key;

import java.math.BigInteger;

/** Numbers as octets of a fixed width, the highest first, leading zeros kept. */
final class FixedWidth {

    private FixedWidth() {}

    /**
     * The octets of a number that is not negative.
     *
     * @throws IllegalArgumentException if it does not fit
     */
    static byte[] encode(BigInteger number, int width) {
        byte[] octets = new byte[width];
        encode(number, octets, 0, width);
        return octets;
    }

    /** As the other one, into an array. */
    static void encode(BigInteger number, byte[] octets, int offset, int width) {
        if (number.signum() < 0 || number.bitLength() > width * Byte.SIZE) {
            throw new IllegalArgumentException("a number that does not fit into " + width + " octets");
        }
        byte[] minimal = number.toByteArray();
        // toByteArray has an octet more where the highest bit is set
        int sign = minimal.length > width ? 1 : 0;
        System.arraycopy(minimal, sign, octets, offset + width - (minimal.length - sign), minimal.length - sign);
    }
}
