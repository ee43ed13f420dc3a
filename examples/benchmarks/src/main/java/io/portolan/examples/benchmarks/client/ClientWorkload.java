package io.portolan.examples.benchmarks.client;

import io.portolan.examples.benchmarks.peer.Protocol;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that clients are measured at.
 *
 * @param name the name on the command line
 * @param protocol whose clients
 * @param kind what they do
 * @param tls whether protected
 * @param files how many files or listings there are
 * @param connections how many connections there may be at a time
 * @param javaConnections how many of those the other client on a JVM is given
 * @param delayMillis how long a question and its answer are under way; 0 for the loopback interface as it is
 * @param amount what the speed counts, for all of it
 * @param speed the amount for each second
 * @param cpuAmount what the processor time is divided by
 * @param cpu the client's processor time, if it is told
 * @param heap the memory at the most, if it is told
 * @param threads how many there are while sessions are open, if it is told
 */
public record ClientWorkload(
        String name,
        Protocol protocol,
        Task.Kind kind,
        boolean tls,
        int files,
        int connections,
        int javaConnections,
        int delayMillis,
        double amount,
        Metric speed,
        double cpuAmount,
        @Nullable Metric cpu,
        @Nullable Metric heap,
        @Nullable Metric threads) {

    private static final double MEBIBYTE = 1 << 20;

    /** What a run has given. */
    public List<Figure> figures(Outcome outcome) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(speed, amount / outcome.seconds()));
        if (cpu != null) {
            figures.add(new Figure(cpu, outcome.cpuSeconds() / cpuAmount));
        }
        if (heap != null) {
            figures.add(new Figure(heap, outcome.peakHeap() / MEBIBYTE));
        }
        if (threads != null) {
            figures.add(new Figure(threads, outcome.entries()));
        }
        return figures;
    }

    /** Whether it is about the folder with a million entries. */
    public boolean isCrowded() {
        return kind == Task.Kind.STREAM;
    }
}
