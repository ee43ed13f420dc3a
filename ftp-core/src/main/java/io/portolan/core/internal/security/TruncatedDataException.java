package io.portolan.core.internal.security;

import java.io.IOException;

/** A protected data connection has ended, and nobody who holds its keys has said so: whoever is on the way can end a TCP connection. */
public final class TruncatedDataException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what has happened
     */
    public TruncatedDataException(String message) {
        super(message);
    }
}
