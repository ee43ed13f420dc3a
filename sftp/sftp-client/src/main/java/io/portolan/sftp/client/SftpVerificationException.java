package io.portolan.sftp.client;

import org.jspecify.annotations.Nullable;

/** A file is not the same on both sides after a transfer. Retryable: what was moved is of no use, but nothing is wrong with the session. */
public final class SftpVerificationException extends SftpException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what has happened
     * @param cause how it has shown, or null
     */
    public SftpVerificationException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
