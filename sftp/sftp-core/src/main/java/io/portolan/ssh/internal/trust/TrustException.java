package io.portolan.ssh.internal.trust;

/** Something is not trusted, or cannot be read as what would be trusted. The message is for the log. */
public final class TrustException extends Exception {
    private static final long serialVersionUID = 1L;

    public TrustException(String message) {
        super(message);
    }

    public TrustException(String message, Throwable cause) {
        super(message, cause);
    }
}
