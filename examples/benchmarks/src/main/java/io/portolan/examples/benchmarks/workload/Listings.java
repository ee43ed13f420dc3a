package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.measure.Tool;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import io.portolan.examples.benchmarks.report.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** LIST of a large directory by curl, several times on one connection; the first, which pays for the login, is left out. */
final class Listings extends Workload {

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
        Path listing = data.clients().resolve("listing.txt");
        List<String> arguments = new ArrayList<>(List.of("--write-out", "%{stderr}%{time_total}\n"));
        for (int i = 0; i < times; i++) {
            arguments.addAll(List.of("--output", listing.toString(), peer.url(Data.MANY + "/")));
        }
        ProcessTree.Cpu before = processes.cpu();
        Tool.Run run = Tool.curl(data.clients(), arguments);
        processes.awaitQuiet();
        double cpu = processes.secondsSince(before);
        try (Stream<String> lines = Files.lines(listing)) {
            long entries = lines.filter(line -> line.contains("file-")).count();
            if (entries != sizes().entries()) {
                throw new IOException(peer.name() + " lists " + entries + " entries of " + sizes().entries());
            }
        }
        List<Double> seconds = run.numbers();
        double median = Samples.median(seconds.subList(1, seconds.size()));
        return List.of(
                new Figure(SPEED, sizes().entries() / median), new Figure(CPU, cpu * 1e6 / times / sizes().entries()));
    }
}
