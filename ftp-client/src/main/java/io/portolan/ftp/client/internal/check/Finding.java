package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.check.CheckStep;
import io.portolan.check.Diagnosis;
import io.portolan.check.Outcome;
import io.portolan.core.internal.codec.ControlCharacters;
import java.util.Optional;

/** What a step has found. */
record Finding(Outcome outcome, String message, Optional<Diagnosis> diagnosis) {

    static Finding passed(String message) {
        return new Finding(Outcome.PASSED, message, Optional.empty());
    }

    static Finding skipped(String why) {
        return new Finding(Outcome.SKIPPED, why, Optional.empty());
    }

    static Finding warned(String message, Diagnosis diagnosis) {
        return new Finding(Outcome.WARNED, message, Optional.of(diagnosis));
    }

    static Finding failed(String message, Diagnosis diagnosis) {
        return new Finding(Outcome.FAILED, message, Optional.of(diagnosis));
    }

    static Diagnosis diagnosis(String code, Blame blame, String culprit, String advice) {
        return new Diagnosis(code, blame, ControlCharacters.replace(culprit), advice);
    }

    CheckStep asStep(String name) {
        return new CheckStep(name, outcome, ControlCharacters.replace(message), diagnosis);
    }
}
