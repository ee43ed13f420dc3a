package io.portolan.ftp.client;

import org.jspecify.annotations.Nullable;

/** A connection could not be protected as it must be, or the server is not whom it should be. Nothing is sent in the clear instead. */
public final class FtpSecurityException extends FtpException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what has happened
     * @param cause how it has shown, or null
     */
    public FtpSecurityException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
