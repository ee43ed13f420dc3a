package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.measure.Tool;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One large file, by curl. */
final class Downloads extends Workload {

    static final double MEGABYTE = 1e6;
    static final double GIBIBYTE = 1L << 30;

    private final Protection protection;
    private final Metric speed;
    private final Metric cpu;

    Downloads(Sizes sizes, Protection protection) {
        super(protection.prefix() + "download", sizes);
        this.protection = protection;
        Metric.Builder speedGoal = Metric.more(protection.title() + "download", "MB/s");
        Metric.Builder cpuGoal = Metric.less(protection.title() + "download, server CPU", "s/GiB");
        speed = speedGoal
                .atLeastBestNative(protection == Protection.TLS ? 1.15 : 1)
                .build();
        cpu = protection == Protection.TLS
                ? cpuGoal.atMostBestNative(0.8).build()
                : cpuGoal.atMostBestNative(1).timesBetterThanApache(1.5).build();
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        ProcessTree.Cpu before = processes.cpu();
        double seconds = seconds(peer, data, protection);
        processes.awaitQuiet();
        double used = processes.secondsSince(before);
        return List.of(
                new Figure(speed, sizes().bigFile() / MEGABYTE / seconds),
                new Figure(cpu, used * GIBIBYTE / sizes().bigFile()));
    }

    /** Fetches the file once. */
    static double seconds(RunningPeer peer, Data data, Protection protection) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(protection.curl());
        arguments.addAll(List.of("--output", "/dev/null", "--write-out", "%{time_total}\n", peer.url(Data.BIG)));
        return Tool.curl(data.clients(), arguments).numbers().get(0);
    }
}
