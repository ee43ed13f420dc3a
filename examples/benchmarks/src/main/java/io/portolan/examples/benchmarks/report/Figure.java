package io.portolan.examples.benchmarks.report;

/** What one run gave for a metric. */
public record Figure(Metric metric, double value) {}
