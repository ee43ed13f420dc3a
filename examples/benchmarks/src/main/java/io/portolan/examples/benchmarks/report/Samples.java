package io.portolan.examples.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The figures of one metric on one server, one for each run. */
public final class Samples {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    public List<Double> values() {
        return Collections.unmodifiableList(values);
    }

    public double median() {
        return median(values);
    }

    public double min() {
        return Collections.min(values);
    }

    public double max() {
        return Collections.max(values);
    }

    /** The middle value, or the mean of the two in the middle. */
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
