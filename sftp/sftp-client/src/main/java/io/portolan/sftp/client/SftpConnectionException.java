package io.portolan.sftp.client;

import org.jspecify.annotations.Nullable;

/** The server cannot be reached, or a connection to it has broken. Retryable, on a new session. */
public final class SftpConnectionException extends SftpException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what has happened
     * @param cause how it has shown, or null
     */
    public SftpConnectionException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
