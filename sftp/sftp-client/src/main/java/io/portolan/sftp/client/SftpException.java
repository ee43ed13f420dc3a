package io.portolan.sftp.client;

import io.portolan.transfer.FileTransferException;
import org.jspecify.annotations.Nullable;

/** What went wrong with an SFTP server. Its subclasses say of which kind it is. */
public class SftpException extends FileTransferException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what has happened, for people
     * @param cause how it has shown, or null
     * @param retryable whether the same may succeed when it is tried again
     */
    public SftpException(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause, retryable);
    }
}
