package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.measure.Tool;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import java.io.IOException;
import java.util.List;

/** One large file, by curl. */
final class Downloads extends Workload {

    static final double MEGABYTE = 1e6;
    static final double GIBIBYTE = 1L << 30;

    private static final Metric SPEED =
            Metric.more("download", "MB/s").atLeastBestNative(1).build();
    private static final Metric CPU = Metric.less("download, server CPU", "s/GiB")
            .atMostBestNative(1)
            .timesBetterThanApache(1.5)
            .build();

    Downloads(Sizes sizes) {
        super("download", sizes);
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        ProcessTree.Cpu before = processes.cpu();
        double seconds = seconds(peer, data);
        processes.awaitQuiet();
        double cpu = processes.secondsSince(before);
        return List.of(
                new Figure(SPEED, sizes().bigFile() / MEGABYTE / seconds),
                new Figure(CPU, cpu * GIBIBYTE / sizes().bigFile()));
    }

    /** Fetches the file once. */
    static double seconds(RunningPeer peer, Data data) throws IOException, InterruptedException {
        return Tool.curl(data.clients(), "--output", "/dev/null", "--write-out", "%{time_total}\n", peer.url(Data.BIG))
                .numbers()
                .get(0);
    }
}
