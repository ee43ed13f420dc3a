package io.portolan.fs;

import java.nio.file.FileSystemException;

/** The store can never do this, whatever the path. FTP says 504 or 550, SFTP says {@code SSH_FX_OP_UNSUPPORTED}. */
public final class OperationNotSupportedException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param operation what was asked, such as {@code rename}
     * @param path the path
     */
    public OperationNotSupportedException(String operation, VirtualPath path) {
        super(path.toString(), null, operation + " is not supported here");
    }
}
