package io.portolan.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time and the memory of a recording went: the methods on top of the stacks, the methods of ours that led there, the classes that were allocated.
 * Java and native samples are taken at different rates, so they stand in tables of their own.
 */
public final class JfrSummary {

    private static final int LINES = 25;
    private static final String OURS = "io.portolan.";

    private final Map<String, Counter> counters = new TreeMap<>();

    private JfrSummary() {}

    /** Prints the summary of a recording: {@code JfrSummary FILE}. */
    public static void main(String[] args) throws IOException {
        System.out.print(of(Path.of(args[0])));
    }

    /** The summary of a recording. */
    static String of(Path file) throws IOException {
        JfrSummary summary = new JfrSummary();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                summary.count(recording.readEvent());
            }
        }
        StringBuilder out = new StringBuilder();
        summary.counters.forEach((title, counter) -> counter.print(title, out));
        return out.toString();
    }

    private void count(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" -> samples("1 Java", event);
            case "jdk.NativeMethodSample" -> samples("2 native", event);
            case "jdk.ObjectAllocationSample" -> {
                long bytes = event.getLong("weight");
                counter("3 allocated, bytes by class")
                        .add(event.getClass("objectClass").getName(), bytes);
                ours(event)
                        .ifPresent(
                                frame -> counter("3 allocated, bytes by place").add(frame, bytes));
            }
            default -> {}
        }
    }

    private void samples(String title, RecordedEvent event) {
        RecordedStackTrace stack = event.getStackTrace();
        if (stack == null || stack.getFrames().isEmpty()) {
            return;
        }
        counter(title + " samples by method").add(method(stack.getFrames().get(0)), 1);
        counter(title + " samples by place").add(ours(event).orElse("(none of ours)"), 1);
        if (event.hasField("sampledThread") && event.getThread("sampledThread") != null) {
            counter(title + " samples by thread")
                    .add(String.valueOf(event.getThread("sampledThread").getJavaName()), 1);
        }
    }

    /** The innermost frame of ours. */
    private static Optional<String> ours(RecordedEvent event) {
        RecordedStackTrace stack = event.getStackTrace();
        List<RecordedFrame> frames = stack == null ? List.of() : stack.getFrames();
        return frames.stream()
                .filter(frame -> frame.getMethod().getType().getName().startsWith(OURS))
                .findFirst()
                .map(frame -> method(frame) + ":" + frame.getLineNumber());
    }

    private static String method(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private Counter counter(String title) {
        return counters.computeIfAbsent(title, first -> new Counter());
    }

    /** Sums by name. */
    private static final class Counter {
        private final Map<String, Long> sums = new HashMap<>();
        private long total;

        void add(String name, long value) {
            sums.merge(name, value, Long::sum);
            total += value;
        }

        void print(String title, StringBuilder out) {
            out.append('\n').append(title).append(", ").append(total).append(" in all\n");
            sums.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .limit(LINES)
                    .forEach(entry ->
                            out.append("%5.1f %%  %s%n".formatted(100.0 * entry.getValue() / total, entry.getKey())));
        }
    }
}
