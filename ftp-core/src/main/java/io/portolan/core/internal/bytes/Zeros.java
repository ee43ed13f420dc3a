package io.portolan.core.internal.bytes;

import java.nio.ByteBuffer;

/** Tells zeros from other octets. */
public final class Zeros {

    private Zeros() {}

    /**
     * Whether there is nothing but zeros in a part of a buffer.
     *
     * @param buffer the buffer, which stays as it is
     * @param from the index of the first octet
     * @param length how many octets, 0 or more
     * @return whether all of them are zero
     */
    public static boolean only(ByteBuffer buffer, int from, int length) {
        int end = from + length;
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            if (buffer.getLong(at) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (buffer.get(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
