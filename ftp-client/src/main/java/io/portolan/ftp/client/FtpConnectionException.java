package io.portolan.ftp.client;

import org.jspecify.annotations.Nullable;

/** The server cannot be reached, or a connection to it has broken. Retryable, on a new session. */
public final class FtpConnectionException extends FtpException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what has happened
     * @param cause how it has shown, or null
     */
    public FtpConnectionException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
