package io.portolan.ftp.server.internal.port;

import java.io.IOException;

/** The data connection to the client could not be opened. The message is for the server's log. */
public final class ActiveConnectException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String replyText;

    ActiveConnectException(String message, String replyText, Throwable cause) {
        super(message, cause);
        this.replyText = replyText;
    }

    /**
     * What the client is told.
     *
     * @return fit for the text of a 425 reply
     */
    public String replyText() {
        return replyText;
    }
}
