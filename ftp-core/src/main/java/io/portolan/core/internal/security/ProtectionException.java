package io.portolan.core.internal.security;

import java.io.IOException;

/** A connection could not be protected, or its protection has failed; the message is for the people who are to do something about it. */
public final class ProtectionException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what has happened, to which server, and what to do
     * @param cause how it has shown
     */
    public ProtectionException(String message, Throwable cause) {
        super(message, cause);
    }
}
