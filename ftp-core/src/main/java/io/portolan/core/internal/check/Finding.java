package io.portolan.core.internal.check;

import io.portolan.check.Blame;
import io.portolan.check.CheckStep;
import io.portolan.check.Diagnosis;
import io.portolan.check.Outcome;
import io.portolan.core.internal.codec.ControlCharacters;
import java.util.Optional;

/**
 * What a step has found.
 *
 * @param outcome how it ended
 * @param message what was seen; what the peer says may be in it, and is made harmless in {@link #asStep}
 * @param diagnosis what is wrong, if anything is
 */
public record Finding(Outcome outcome, String message, Optional<Diagnosis> diagnosis) {

    /** It works. */
    public static Finding passed(String message) {
        return new Finding(Outcome.PASSED, message, Optional.empty());
    }

    /** It was not tried. */
    public static Finding skipped(String why) {
        return new Finding(Outcome.SKIPPED, why, Optional.empty());
    }

    /** It works here, but may fail elsewhere or later. */
    public static Finding warned(String message, Diagnosis diagnosis) {
        return new Finding(Outcome.WARNED, message, Optional.of(diagnosis));
    }

    /** It does not work. */
    public static Finding failed(String message, Diagnosis diagnosis) {
        return new Finding(Outcome.FAILED, message, Optional.of(diagnosis));
    }

    /** What is wrong; what the peer says may be in the culprit, which is made harmless. */
    public static Diagnosis diagnosis(String code, Blame blame, String culprit, String advice) {
        return new Diagnosis(code, blame, ControlCharacters.replace(culprit), advice);
    }

    /** As it is reported. */
    public CheckStep asStep(String name) {
        return new CheckStep(name, outcome, ControlCharacters.replace(message), diagnosis);
    }
}
