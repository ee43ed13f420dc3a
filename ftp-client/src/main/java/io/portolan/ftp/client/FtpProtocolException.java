package io.portolan.ftp.client;

import org.jspecify.annotations.Nullable;

/** The server has said what makes no sense where it has said it. The session is closed, since nothing that follows could be relied on. */
public final class FtpProtocolException extends FtpException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what has happened
     * @param cause how it has shown, or null
     */
    public FtpProtocolException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
