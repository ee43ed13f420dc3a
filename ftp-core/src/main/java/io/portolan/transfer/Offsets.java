package io.portolan.transfer;

import java.io.IOException;

/** Where a transfer may begin. */
final class Offsets {

    private Offsets() {}

    static void check(long offset, long size) throws IOException {
        if (offset < 0 || offset > size) {
            throw new IOException("offset " + offset + " is not within the " + size + " octets that there are");
        }
    }

    static void requireBeginning(long offset, String what) throws IOException {
        if (offset != 0) {
            throw new IOException(what + " can only begin at its beginning, not at " + offset);
        }
    }
}
