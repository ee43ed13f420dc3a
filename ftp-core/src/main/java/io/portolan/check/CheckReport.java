package io.portolan.check;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a check of an endpoint found.
 *
 * @param endpoint what was checked, as a URL without a password
 * @param steps what was tried, in its order
 */
public record CheckReport(String endpoint, List<CheckStep> steps) {

    /**
     * Makes one.
     *
     * @throws NullPointerException if a part is null
     */
    public CheckReport {
        Objects.requireNonNull(endpoint, "endpoint");
        steps = List.copyOf(steps);
    }

    /**
     * Whether nothing failed; there may be warnings.
     *
     * @return whether nothing failed
     */
    public boolean isHealthy() {
        return firstFailure().isEmpty();
    }

    /**
     * The first step that failed, which is the one to mend first.
     *
     * @return the step, if one failed
     */
    public Optional<CheckStep> firstFailure() {
        return steps.stream().filter(step -> step.outcome() == Outcome.FAILED).findFirst();
    }

    /**
     * The report for people.
     *
     * @return lines that end in line feeds
     */
    public String toText() {
        return ReportText.of(this);
    }

    /**
     * The report for programs: one JSON object (RFC 8259) with {@code endpoint}, {@code healthy} and {@code steps}, in ASCII and without line breaks.
     *
     * @return the object
     */
    public String toJson() {
        return ReportJson.of(this);
    }
}
