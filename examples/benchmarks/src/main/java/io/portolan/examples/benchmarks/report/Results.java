package io.portolan.examples.benchmarks.report;

import io.portolan.examples.benchmarks.peer.Peer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** All figures of a run. */
public final class Results {

    private final String java;
    private final Map<Metric, Map<String, Samples>> figures = new LinkedHashMap<>();
    private final Map<String, Peer.Kind> peers = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();

    /**
     * No figures yet.
     *
     * @param java what the other one on a JVM is called
     */
    public Results(String java) {
        this.java = java;
    }

    /** What whoever is compared with is called; empty for nobody. */
    String title(Goal.Against against) {
        return switch (against) {
            case BEST_NATIVE -> "best native";
            case JAVA -> java;
            case NOBODY -> "";
        };
    }

    /** Counts a figure in. */
    public void add(Figure figure, String peer, Peer.Kind kind) {
        peers.put(peer, kind);
        figures.computeIfAbsent(figure.metric(), first -> new LinkedHashMap<>())
                .computeIfAbsent(peer, first -> new Samples())
                .add(figure.value());
    }

    /** Keeps something that a reader should know: what failed, who was missing. */
    public void remark(String text) {
        remarks.add(text);
    }

    public List<String> remarks() {
        return Collections.unmodifiableList(remarks);
    }

    public List<Metric> metrics() {
        return List.copyOf(figures.keySet());
    }

    public List<String> peers() {
        return List.copyOf(peers.keySet());
    }

    /** The figures of a metric on a server, if it was measured there. */
    public Optional<Samples> samples(Metric metric, String peer) {
        return Optional.ofNullable(figures.getOrDefault(metric, Map.of()).get(peer));
    }

    private Optional<String> portolan() {
        return peers.entrySet().stream()
                .filter(entry -> entry.getValue() == Peer.Kind.PORTOLAN)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Portolan's median divided by that of whom it is compared with; the median itself if that is nobody. Empty if one of them was not measured. */
    public OptionalDouble ratio(Metric metric, Goal.Against against) {
        Optional<Samples> ours = portolan().flatMap(name -> samples(metric, name));
        if (ours.isEmpty()) {
            return OptionalDouble.empty();
        }
        double median = ours.get().median();
        return switch (against) {
            case NOBODY -> OptionalDouble.of(median);
            case JAVA -> divided(median, best(metric, Peer.Kind.JAVA));
            case BEST_NATIVE -> divided(median, best(metric, Peer.Kind.NATIVE));
        };
    }

    private static OptionalDouble divided(double value, Optional<Double> by) {
        return by.isEmpty() || by.get() == 0 ? OptionalDouble.empty() : OptionalDouble.of(value / by.get());
    }

    private Optional<Double> best(Metric metric, Peer.Kind kind) {
        Comparator<Double> order = metric.moreIsBetter() ? Comparator.naturalOrder() : Comparator.reverseOrder();
        return peers.entrySet().stream()
                .filter(entry -> entry.getValue() == kind)
                .flatMap(entry -> samples(metric, entry.getKey()).stream())
                .map(Samples::median)
                .max(order);
    }

    /** Whether a goal is reached; empty if that was not measured. */
    public Optional<Boolean> reached(Metric metric, Goal goal) {
        OptionalDouble ratio = ratio(metric, goal.against());
        if (ratio.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                metric.moreIsBetter() ? ratio.getAsDouble() >= goal.bound() : ratio.getAsDouble() <= goal.bound());
    }
}
