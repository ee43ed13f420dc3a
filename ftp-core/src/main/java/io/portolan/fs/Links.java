package io.portolan.fs;

import java.io.IOException;

/** Capability: symbolic and hard links can be read and made (SFTP; FTP only lists them). */
public interface Links {

    /**
     * Where a symbolic link points to.
     *
     * @param path the link
     * @return the target as peers may see it: never a place outside this file system
     * @throws java.nio.file.NotLinkException if it is not a symbolic link
     * @throws IOException if it cannot be read
     */
    String readLink(VirtualPath path) throws IOException;

    /**
     * Makes a symbolic link.
     *
     * @param path the link to make
     * @param target where it is to point to; taken from the link's directory unless it begins with {@code /}, which is this file system's root
     * @throws java.nio.file.AccessDeniedException if it would point out of this file system
     * @throws IOException if it cannot be made
     */
    void createSymbolicLink(VirtualPath path, String target) throws IOException;

    /**
     * Makes a hard link.
     *
     * @param path the name to make
     * @param existing the file that it is to stand for
     * @throws IOException if it cannot be made
     */
    void createHardLink(VirtualPath path, VirtualPath existing) throws IOException;
}
