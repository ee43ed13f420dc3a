package io.portolan.fs;

import java.nio.file.FileSystemException;

/** An upload was to go on behind the end of what is there. FTP says 554. */
public final class InvalidOffsetException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param path the path
     * @param offset where it was to go on
     * @param size how much is there
     */
    public InvalidOffsetException(VirtualPath path, long offset, long size) {
        super(path.toString(), null, "cannot go on at " + offset + ", there are " + size + " bytes");
    }
}
