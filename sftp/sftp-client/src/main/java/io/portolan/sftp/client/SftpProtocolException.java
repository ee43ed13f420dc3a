package io.portolan.sftp.client;

import org.jspecify.annotations.Nullable;

/** The server has said what makes no sense, or has no algorithm in common with us. The session is closed, since nothing that follows could be relied on. */
public final class SftpProtocolException extends SftpException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what has happened
     * @param cause how it has shown, or null
     */
    public SftpProtocolException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
