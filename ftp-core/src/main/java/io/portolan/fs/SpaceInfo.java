package io.portolan.fs;

import java.io.IOException;

/** Capability: the store tells how much room there is (FTP's AVBL, SFTP's statvfs and space-available). */
public interface SpaceInfo {

    /**
     * How much room there is.
     *
     * @param path where
     * @return the room
     * @throws IOException if it cannot be told
     */
    Space space(VirtualPath path) throws IOException;

    /**
     * Room, in bytes.
     *
     * @param total of the store, or of the user's quota
     * @param free not used by anybody
     * @param usable what this user may still write
     */
    record Space(long total, long free, long usable) {}
}
