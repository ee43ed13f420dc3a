package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.peer.Peer;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import java.io.IOException;
import java.util.List;

/** From the connection to the open SFTP channel and out again, with a key, one after the other; the algorithms are the client's own choice. */
final class SftpLogins extends SftpWorkload {

    private static final Metric RATE =
            Metric.more("SFTP logins, client's start included", "per second").build();
    private static final Metric CPU = Metric.less("SFTP login, server CPU", "ms each")
            .atMostBestNative(0.25)
            .build();

    SftpLogins(Sizes sizes) {
        super("login", sizes);
    }

    /** One run does it thirty times. */
    @Override
    public int warmUps(Peer.Kind kind) {
        return Math.min(5, super.warmUps(kind));
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        ProcessTree.Cpu before = processes.cpu();
        long start = System.nanoTime();
        for (int i = 0; i < sizes().sftpLogins(); i++) {
            session(peer, data, List.of()).close();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        processes.awaitQuiet();
        double cpu = processes.secondsSince(before);
        return List.of(
                new Figure(RATE, sizes().sftpLogins() / seconds), new Figure(CPU, cpu * 1000 / sizes().sftpLogins()));
    }
}
