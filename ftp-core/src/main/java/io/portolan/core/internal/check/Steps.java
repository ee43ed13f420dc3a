package io.portolan.core.internal.check;

import io.portolan.check.CheckStep;
import io.portolan.check.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes steps in their order, and leaves out those that need one which has failed. */
public final class Steps {

    private Steps() {}

    /** What came of each. */
    public static <V extends Visiting> List<CheckStep> take(List<? extends Step<? super V>> steps, V visit) {
        List<CheckStep> taken = new ArrayList<>();
        String missing = null;
        for (Step<? super V> step : steps) {
            CheckStep result = take(step, visit, missing);
            taken.add(result);
            if (missing == null && result.outcome() == Outcome.FAILED && (step.isNeeded() || visit.isBroken())) {
                missing = step.name();
            }
        }
        return taken;
    }

    private static <V extends Visiting> CheckStep take(Step<? super V> step, V visit, @Nullable String missing) {
        if (missing != null) {
            return Finding.skipped("needs " + missing).asStep(step.name());
        }
        try {
            return step.look(visit).asStep(step.name());
        } catch (IOException e) {
            return visit.broken(e).asStep(step.name());
        }
    }
}
