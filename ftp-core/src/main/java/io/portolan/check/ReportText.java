package io.portolan.check;

/** A report for people: a line for each step, and below what is wrong the advice. */
final class ReportText {

    private static final String INDENT = "      ";

    private ReportText() {}

    static String of(CheckReport report) {
        StringBuilder text = new StringBuilder(report.endpoint()).append('\n');
        for (CheckStep step : report.steps()) {
            text.append(mark(step.outcome()))
                    .append(step.name())
                    .append(": ")
                    .append(step.message())
                    .append('\n');
            step.diagnosis()
                    .ifPresent(found -> text.append(INDENT)
                            .append("to blame: ")
                            .append(found.culprit())
                            .append(" (")
                            .append(side(found.blame()))
                            .append(")\n")
                            .append(INDENT)
                            .append("what to do: ")
                            .append(found.advice())
                            .append('\n'));
        }
        return text.append(verdict(report)).append('\n').toString();
    }

    private static String verdict(CheckReport report) {
        return report.firstFailure()
                .map(failed -> "Failed at " + failed.name() + ".")
                .orElseGet(() -> report.steps().stream().anyMatch(step -> step.outcome() == Outcome.WARNED)
                        ? "Works, with warnings."
                        : "All is well.");
    }

    private static String mark(Outcome outcome) {
        return switch (outcome) {
            case PASSED -> "ok    ";
            case WARNED -> "warn  ";
            case FAILED -> "FAIL  ";
            case SKIPPED -> "-     ";
        };
    }

    private static String side(Blame blame) {
        return switch (blame) {
            case REQUEST -> "what was asked for";
            case SERVER -> "the server's settings";
            case NETWORK -> "the network in between";
            case CLIENT -> "this machine or its network";
        };
    }
}
