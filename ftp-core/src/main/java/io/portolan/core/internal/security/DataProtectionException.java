package io.portolan.core.internal.security;

import java.io.IOException;

/** A data connection is not protected as this server demands; its message is for the peer as well (RFC 4217 §10: 522). */
public final class DataProtectionException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is wrong
     */
    public DataProtectionException(String message) {
        super(message);
    }
}
