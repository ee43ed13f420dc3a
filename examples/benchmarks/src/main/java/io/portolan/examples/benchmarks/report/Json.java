package io.portolan.examples.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Results for programs: every single figure, and the ratios. */
public final class Json {

    private Json() {}

    /** The document. */
    public static String of(Results results) {
        List<String> metrics = new ArrayList<>();
        for (Metric metric : results.metrics()) {
            metrics.add(metric(results, metric));
        }
        return "{\n  \"metrics\": [\n"
                + String.join(",\n", metrics)
                + "\n  ],\n  \"remarks\": ["
                + results.remarks().stream().map(Json::text).collect(Collectors.joining(", "))
                + "]\n}\n";
    }

    private static String metric(Results results, Metric metric) {
        List<String> peers = new ArrayList<>();
        for (String peer : results.peers()) {
            results.samples(metric, peer).ifPresent(samples -> peers.add(peer(peer, samples)));
        }
        return "    {\"name\": %s, \"unit\": %s, \"moreIsBetter\": %s, \"toBestNative\": %s, \"toJava\": %s, \"reached\": %s,\n      \"peers\": {\n%s\n      }}"
                .formatted(
                        text(metric.name()),
                        text(metric.unit()),
                        metric.moreIsBetter(),
                        number(results.ratio(metric, Goal.Against.BEST_NATIVE)),
                        number(results.ratio(metric, Goal.Against.JAVA)),
                        reached(results, metric),
                        String.join(",\n", peers));
    }

    private static String peer(String name, Samples samples) {
        return "        %s: {\"median\": %s, \"min\": %s, \"max\": %s, \"runs\": %s}"
                .formatted(text(name), samples.median(), samples.min(), samples.max(), samples.values());
    }

    private static String reached(Results results, Metric metric) {
        List<Boolean> answers = metric.goals().stream()
                .map(goal -> results.reached(metric, goal))
                .flatMap(Optional::stream)
                .toList();
        return answers.isEmpty() ? "null" : String.valueOf(!answers.contains(false));
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? String.valueOf(value.getAsDouble()) : "null";
    }

    private static String text(String value) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
