package io.portolan.transfer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What went wrong between a client and a server. The one root of what the clients of all protocols throw. */
public class FileTransferException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Whether trying again makes sense. */
    private final boolean retryable;

    /**
     * Makes the exception.
     *
     * @param message what has happened, for people
     * @param cause how it has shown, or null
     * @param retryable whether the same may succeed when it is tried again
     */
    public FileTransferException(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause);
        this.retryable = retryable;
    }

    /**
     * Whether trying again makes sense: on the same session if it is still open, else on a new one.
     *
     * @return whether the same may succeed later without a change
     */
    public final boolean isRetryable() {
        return retryable;
    }
}
