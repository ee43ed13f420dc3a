package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.load.Crowd;
import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.peer.Peer;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Sessions that have logged in and do nothing: what they weigh, and whether a download notices them. */
final class IdleSessions extends Workload {

    /** Few enough that no server's queue of new connections overflows. */
    private static final int TOGETHER = 16;

    private static final double KIBIBYTE = 1024;

    private static final Metric HEAP =
            Metric.less("idle session, heap", "KiB").atMost(8).build();
    private static final Metric MEMORY =
            Metric.less("idle session, memory of the processes", "KiB").build();
    private static final Metric SPEED =
            Metric.more("download, idle sessions held", "MB/s").build();
    /** The download without them is measured right before. */
    private static final Metric SHARE = Metric.more("the same, to the download without them", "×")
            .atLeast(0.95)
            .build();

    IdleSessions(Sizes sizes) {
        super("idle", sizes);
    }

    /** The first crowd makes the server's tables grow, which is not what a session weighs. */
    @Override
    public int warmUps(Peer.Kind kind) {
        return Math.min(1, sizes().warmUps());
    }

    @Override
    public List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException {
        int sessions = peer.kind() == Peer.Kind.NATIVE ? sizes().idleProcesses() : sizes().idleSessions();
        List<Figure> figures = new ArrayList<>();
        double alone = Downloads.seconds(peer, data, Protection.PLAIN);
        processes.awaitQuiet();
        OptionalLong heapBefore = peer.liveHeap();
        long memoryBefore = processes.memory();
        try (Crowd crowd = new Crowd(peer.address(), peer.user(), peer.password())) {
            crowd.stay(sessions, TOGETHER);
            OptionalLong heap = peer.liveHeap();
            if (heap.isPresent()) {
                figures.add(new Figure(HEAP, (heap.getAsLong() - heapBefore.orElse(0)) / KIBIBYTE / sessions));
            }
            figures.add(new Figure(MEMORY, (processes.memory() - memoryBefore) / KIBIBYTE / sessions));
            double held = Downloads.seconds(peer, data, Protection.PLAIN);
            figures.add(new Figure(SPEED, sizes().bigFile() / LargeFile.MEGABYTE / held));
            figures.add(new Figure(SHARE, alone / held));
        }
        processes.awaitQuiet();
        return figures;
    }
}
