package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.measure.SftpSession;
import io.portolan.examples.benchmarks.measure.Tool;
import io.portolan.examples.benchmarks.peer.Peer;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import io.portolan.examples.benchmarks.report.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A large directory, several times in one session; the first is left out. The client sorts and prints the names, which is counted. */
final class SftpListings extends SftpWorkload {

    private static final Metric SPEED =
            Metric.more("SFTP listing", "entries/s").atLeastBestNative(2).build();
    private static final Metric CPU =
            Metric.less("SFTP listing, server CPU", "µs/entry").build();

    SftpListings(Sizes sizes) {
        super("list", sizes);
    }

    /** One run does it twenty times. */
    @Override
    public int warmUps(Peer.Kind kind) {
        return Math.min(3, super.warmUps(kind));
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        int times = sizes().listings() + 1;
        List<Double> seconds = new ArrayList<>();
        double cpu;
        try (SftpSession session = session(peer, data, SftpCipher.GCM.options())) {
            ProcessTree.Cpu before = processes.cpu();
            for (int i = 0; i < times; i++) {
                Tool.Run listing = session.run("ls -1 " + Data.MANY);
                seconds.add(listing.seconds());
                long entries = listing.output().lines().count();
                if (entries != sizes().entries()) {
                    throw new IOException(peer.name() + " lists " + entries + " entries of " + sizes().entries());
                }
            }
            cpu = processes.secondsSince(before);
        }
        processes.awaitQuiet();
        double median = Samples.median(seconds.subList(1, seconds.size()));
        return List.of(
                new Figure(SPEED, sizes().entries() / median), new Figure(CPU, cpu * 1e6 / times / sizes().entries()));
    }
}
