package io.portolan.ftp.client;

import org.jspecify.annotations.Nullable;

/** A file is not the same on both sides after its transfer. Retryable. */
public final class FtpVerificationException extends FtpException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what has happened
     * @param cause how it has shown, or null
     */
    public FtpVerificationException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
