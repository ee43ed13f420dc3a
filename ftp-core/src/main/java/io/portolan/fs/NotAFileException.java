package io.portolan.fs;

import java.nio.file.FileSystemException;

/** A directory, a device or another thing without content stands where the operation wants a file. */
public final class NotAFileException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param path the path
     */
    public NotAFileException(VirtualPath path) {
        super(path.toString(), null, "not a file");
    }
}
