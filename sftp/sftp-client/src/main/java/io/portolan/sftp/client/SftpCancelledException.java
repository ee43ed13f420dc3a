package io.portolan.sftp.client;

import org.jspecify.annotations.Nullable;

/** A transfer was cancelled. Retryable, as nothing is wrong with it. */
public final class SftpCancelledException extends SftpException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what has happened
     * @param cause how it has shown, or null
     */
    public SftpCancelledException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
