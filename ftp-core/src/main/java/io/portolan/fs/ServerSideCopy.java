package io.portolan.fs;

import java.io.IOException;

/** Capability: the store copies a file by itself (SFTP's copy-file). */
public interface ServerSideCopy {

    /**
     * Copies a file's content. Nothing can be seen at the new path before it is whole.
     *
     * @param from the file
     * @param to the copy
     * @param mode whether a file that exists is replaced
     * @throws IOException if it cannot be copied
     */
    void copy(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException;
}
