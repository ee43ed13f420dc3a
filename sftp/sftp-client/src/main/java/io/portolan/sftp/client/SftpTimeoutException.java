package io.portolan.sftp.client;

import org.jspecify.annotations.Nullable;

/** The server has not done in time what it had to. Retryable, on a new session, as this one is closed: it is not known what the server still does. */
public final class SftpTimeoutException extends SftpException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what has happened
     * @param cause how it has shown, or null
     */
    public SftpTimeoutException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
