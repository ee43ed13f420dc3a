package io.portolan.sftp.internal;

/** What the peer sends cannot be cut into packets, or comes where it must not: the channel ends. The message is for the log. */
public final class SftpFramingException extends Exception {
    private static final long serialVersionUID = 1L;

    public SftpFramingException(String message) {
        super(message);
    }
}
