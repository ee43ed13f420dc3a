package io.portolan.check;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that was tried.
 *
 * @param name which, such as {@code control-port}
 * @param outcome how it ended
 * @param message what was seen, in one sentence; what the server said in it has its control characters escaped
 * @param diagnosis what is wrong; empty if it passed or was skipped
 */
public record CheckStep(String name, Outcome outcome, String message, Optional<Diagnosis> diagnosis) {

    /**
     * Makes one.
     *
     * @throws NullPointerException if a part is null
     */
    public CheckStep {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(diagnosis, "diagnosis");
    }
}
