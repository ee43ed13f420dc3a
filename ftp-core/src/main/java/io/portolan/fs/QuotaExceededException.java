package io.portolan.fs;

import java.nio.file.FileSystemException;

/** There is no room: a quota, or the store itself, is full. FTP says 552, SFTP says {@code SSH_FX_QUOTA_EXCEEDED}. */
public final class QuotaExceededException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param path the path
     * @param reason what is full, for the log
     */
    public QuotaExceededException(VirtualPath path, String reason) {
        super(path.toString(), null, reason);
    }
}
