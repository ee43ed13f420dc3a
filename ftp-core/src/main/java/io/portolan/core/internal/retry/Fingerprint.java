package io.portolan.core.internal.retry;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * By what a file is known again: a change that keeps its size within the precision of its time is not seen.
 *
 * @param size empty if the server does not tell it
 * @param modified empty if the server does not tell it
 */
public record Fingerprint(OptionalLong size, Optional<Instant> modified) {

    /** Whether this is certainly a file, and the same as the other. */
    public boolean isSurely(Fingerprint other) {
        return size.isPresent() && modified.isPresent() && equals(other);
    }
}
