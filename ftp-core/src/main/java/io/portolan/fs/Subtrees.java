package io.portolan.fs;

import java.io.IOException;

/**
 * Capability: the store serves one of its directories as a file system of its own, out of which it lets no symbolic link lead. {@link FileSystems#rooted} uses it where it is
 * there; what one implements needs it only if it has links.
 */
@FunctionalInterface
public interface Subtrees {

    /**
     * Opens a directory as a file system.
     *
     * @param directory the directory, which becomes the root
     * @return a file system with the same settings, to be closed by the caller
     * @throws java.nio.file.NoSuchFileException if nothing is there
     * @throws java.nio.file.NotDirectoryException if it is not a directory
     * @throws IOException if it cannot be opened
     */
    VirtualFileSystem openSubtree(VirtualPath directory) throws IOException;
}
