package io.portolan.examples.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Results as a table in Markdown: medians, with the smallest and the largest figure in brackets. */
public final class Markdown {

    private static final String NONE = "–";

    private Markdown() {}

    /** The table and the remarks. */
    public static String of(Results results) {
        List<String> head = new ArrayList<>(List.of("", "unit"));
        head.addAll(results.peers());
        head.addAll(List.of(
                "÷ " + results.title(Goal.Against.BEST_NATIVE),
                "÷ " + results.title(Goal.Against.JAVA),
                "goal",
                "reached"));
        List<List<String>> rows = new ArrayList<>();
        rows.add(head);
        for (Metric metric : results.metrics()) {
            rows.add(row(results, metric));
        }
        StringBuilder out = new StringBuilder();
        int[] widths = widths(rows);
        for (int i = 0; i < rows.size(); i++) {
            line(rows.get(i), widths, out);
            if (i == 0) {
                rule(widths, out);
            }
        }
        for (String remark : results.remarks()) {
            out.append("\n- ").append(remark);
        }
        return out.append('\n').toString();
    }

    private static List<String> row(Results results, Metric metric) {
        List<String> row = new ArrayList<>(List.of(metric.name(), metric.unit()));
        for (String peer : results.peers()) {
            row.add(results.samples(metric, peer).map(Markdown::figure).orElse(NONE));
        }
        row.add(ratio(results.ratio(metric, Goal.Against.BEST_NATIVE)));
        row.add(ratio(results.ratio(metric, Goal.Against.JAVA)));
        List<String> goals = new ArrayList<>();
        List<String> reached = new ArrayList<>();
        for (Goal goal : metric.goals()) {
            goals.add("%s %s %s"
                    .formatted(metric.moreIsBetter() ? "≥" : "≤", number(goal.bound()), results.title(goal.against()))
                    .strip());
            Optional<Boolean> answer = results.reached(metric, goal);
            reached.add(answer.isEmpty() ? NONE : answer.get() ? "yes" : "NO");
        }
        row.add(goals.isEmpty() ? NONE : String.join(", ", goals));
        row.add(reached.isEmpty() ? NONE : String.join(", ", reached));
        return row;
    }

    private static String figure(Samples samples) {
        String median = number(samples.median());
        return samples.values().size() == 1
                ? median
                : "%s (%s–%s)".formatted(median, number(samples.min()), number(samples.max()));
    }

    private static String ratio(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.2f", value.getAsDouble()) : NONE;
    }

    /** Three digits that count, which is more than such measurements are good for. */
    private static String number(double value) {
        double size = Math.abs(value);
        int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static void line(List<String> row, int[] widths, StringBuilder out) {
        out.append('|');
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            out.append(' ')
                    .append(cell)
                    .append(" ".repeat(widths[i] - cell.length()))
                    .append(" |");
        }
        out.append('\n');
    }

    private static void rule(int[] widths, StringBuilder out) {
        out.append('|');
        for (int width : widths) {
            out.append("-".repeat(width + 2)).append('|');
        }
        out.append('\n');
    }
}
