package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.load.Crowd;
import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import java.io.IOException;
import java.util.List;

/** Connect, USER, PASS, QUIT, a few at a time. The passwords are not hashed where the server lets us choose. */
final class Logins extends Workload {

    /** Enough to keep two cores busy. */
    private static final int TOGETHER = 32;

    private static final Metric RATE =
            Metric.more("logins", "per second").atLeast(4000).build();
    private static final Metric CPU =
            Metric.less("login, server CPU", "ms each").build();

    Logins(Sizes sizes) {
        super("login", sizes);
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        ProcessTree.Cpu before = processes.cpu();
        double rate;
        try (Crowd crowd = new Crowd(peer.address(), peer.user(), peer.password())) {
            rate = crowd.loginsPerSecond(TOGETHER, sizes().loginSeconds());
        }
        processes.awaitQuiet();
        double cpu = processes.secondsSince(before);
        return List.of(new Figure(RATE, rate), new Figure(CPU, cpu * 1000 / (rate * sizes().loginSeconds())));
    }
}
