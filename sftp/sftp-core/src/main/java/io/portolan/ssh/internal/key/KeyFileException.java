package io.portolan.ssh.internal.key;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A key file that cannot be read. Nothing of its content is in the message. */
public final class KeyFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is to be done about it. */
    public enum Problem {
        /** It is not what it should be. */
        MALFORMED,
        /** It is well-formed, but of a type, strength or cipher that we do not take. */
        UNSUPPORTED,
        /** It is encrypted, and there was no passphrase. */
        PASSPHRASE_NEEDED,
        /** It is encrypted with another passphrase, or damaged. */
        PASSPHRASE_WRONG
    }

    private final Problem problem;

    KeyFileException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    KeyFileException(Problem problem, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    /** What kind of problem it is. */
    public Problem problem() {
        return problem;
    }
}
