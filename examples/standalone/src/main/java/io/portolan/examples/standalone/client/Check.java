package io.portolan.examples.standalone.client;

/** How it is found out whether a file is the same on both sides: {@code --verify}. */
enum Check {
    /** By what the transfer itself tells. */
    NONE,
    /** By its size. */
    SIZE,
    /** By its checksum. */
    HASH,
    /** By the best that the server can. */
    BEST
}
