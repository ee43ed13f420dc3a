package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.load.Handshakes;
import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import java.io.IOException;
import java.util.List;

/** Handshakes of TLS without anything to transfer, with the commands around them: full ones of control connections, resumed ones of data connections. */
final class TlsHandshakes extends Workload {

    /** Enough to keep two cores busy, of which the client needs one. */
    private static final int TOGETHER = 4;

    private final Protection protection;
    private final boolean resumed;
    private final Metric rate;
    private final Metric cpu;

    private TlsHandshakes(Sizes sizes, Protection protection, boolean resumed) {
        super(protection.prefix() + (resumed ? "handshakes-resumed" : "handshakes"), sizes);
        this.protection = protection;
        this.resumed = resumed;
        String title = protection.title() + (resumed ? "handshakes, resumed" : "handshakes, full");
        rate = Metric.more(title, "per second").build();
        cpu = Metric.less(title + ", server CPU", "ms each").build();
    }

    static TlsHandshakes full(Sizes sizes, Protection protection) {
        return new TlsHandshakes(sizes, protection, false);
    }

    static TlsHandshakes resumed(Sizes sizes, Protection protection) {
        return new TlsHandshakes(sizes, protection, true);
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        ProcessTree.Cpu before = processes.cpu();
        double seconds = sizes().loginSeconds();
        double perSecond = resumed
                ? Handshakes.resumed(
                        peer.address(),
                        peer.user(),
                        peer.password(),
                        protection.version(),
                        Data.EMPTY,
                        TOGETHER,
                        seconds)
                : Handshakes.full(peer.address(), protection.version(), TOGETHER, seconds);
        processes.awaitQuiet();
        double used = processes.secondsSince(before);
        return List.of(new Figure(rate, perSecond), new Figure(cpu, used * 1000 / (perSecond * seconds)));
    }
}
