package io.portolan.ftp.server.internal.transfer;

/** Tells a pump how long to wait after so many bytes. */
@FunctionalInterface
public interface Throttle {

    /** No limit. */
    Throttle NONE = bytes -> 0;

    /**
     * Counts bytes in.
     *
     * @param bytes just moved, or about to be
     * @return how long to wait, 0 or more
     */
    long nanosToWait(int bytes);
}
