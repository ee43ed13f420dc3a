package io.portolan.ftp.client;

import io.portolan.transfer.FileTransferException;
import org.jspecify.annotations.Nullable;

/** What went wrong with an FTP server. Its subclasses say of which kind it is. */
public class FtpException extends FileTransferException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what has happened, for people
     * @param cause how it has shown, or null
     * @param retryable whether the same may succeed when it is tried again
     */
    public FtpException(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause, retryable);
    }
}
