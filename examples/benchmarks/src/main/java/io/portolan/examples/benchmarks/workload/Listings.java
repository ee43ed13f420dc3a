package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.load.Lister;
import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import io.portolan.examples.benchmarks.report.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** LIST of a large directory, several times on one connection; the first is left out. */
final class Listings extends Workload {

    private static final double NANOS = 1e9;

    private static final Metric SPEED =
            Metric.more("LIST", "entries/s").atLeastBestNative(1).build();
    private static final Metric CPU =
            Metric.less("LIST, server CPU", "µs/entry").build();

    Listings(Sizes sizes) {
        super("list", sizes);
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        int times = sizes().listings() + 1;
        List<Double> seconds = new ArrayList<>();
        ProcessTree.Cpu before = processes.cpu();
        try (Lister lister = new Lister(peer.address(), peer.user(), peer.password())) {
            for (int i = 0; i < times; i++) {
                long start = System.nanoTime();
                int entries = lister.list(Data.MANY);
                seconds.add((System.nanoTime() - start) / NANOS);
                // some servers tell of "." and ".." as well
                if (entries < sizes().entries() || entries > sizes().entries() + 2) {
                    throw new IOException(peer.name() + " lists " + entries + " entries of " + sizes().entries());
                }
            }
        }
        processes.awaitQuiet();
        double cpu = processes.secondsSince(before);
        double median = Samples.median(seconds.subList(1, seconds.size()));
        return List.of(
                new Figure(SPEED, sizes().entries() / median), new Figure(CPU, cpu * 1e6 / times / sizes().entries()));
    }
}
