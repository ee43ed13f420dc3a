package io.portolan.sftp.client;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A download has ended before its end. Retryable: a download that resumes goes on where this one broke. */
public final class TruncatedTransferException extends SftpException {

    private static final long serialVersionUID = 1L;

    private final long received;
    private final long expected;

    /**
     * Makes the exception.
     *
     * @param message what has happened
     * @param cause how it has shown, or null
     * @param received the octets that have come
     * @param expected how many there should have been, or -1 if that is not known
     */
    public TruncatedTransferException(String message, @Nullable Throwable cause, long received, long expected) {
        super(message, cause, true);
        this.received = received;
        this.expected = expected;
    }

    /**
     * How far it has come.
     *
     * @return the octets that have come in this transfer
     */
    public long received() {
        return received;
    }

    /**
     * How far it should have come.
     *
     * @return the octets that the server has told, if it has
     */
    public OptionalLong expected() {
        return expected < 0 ? OptionalLong.empty() : OptionalLong.of(expected);
    }
}
