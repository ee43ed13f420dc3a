package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.measure.SftpSession;
import io.portolan.examples.benchmarks.peer.Peer;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import io.portolan.examples.benchmarks.report.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Sessions with an open SFTP channel which do nothing: what they weigh. */
final class SftpIdleSessions extends SftpWorkload {

    /** As many as OpenSSH's defaults let log in at a time. */
    private static final int TOGETHER = 8;

    private static final double KIBIBYTE = 1024;

    private static final Metric HEAP =
            Metric.less("SFTP idle session, heap", "KiB").atMost(64).build();
    private static final Metric MEMORY =
            Metric.less("SFTP idle session, memory of the processes", "KiB").build();

    SftpIdleSessions(Sizes sizes) {
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
        List<Figure> figures = new ArrayList<>();
        OptionalLong heapBefore = peer.liveHeap();
        long memoryBefore = processes.memory();
        List<SftpSession> sessions = new ArrayList<>();
        try {
            hold(sessions, peer, data);
            OptionalLong heap = peer.liveHeap();
            if (heap.isPresent()) {
                figures.add(each(HEAP, heap.getAsLong() - heapBefore.orElse(0)));
            }
            figures.add(each(MEMORY, processes.memory() - memoryBefore));
        } finally {
            for (SftpSession session : sessions) {
                session.close();
            }
        }
        processes.awaitQuiet();
        return figures;
    }

    private void hold(List<SftpSession> sessions, RunningPeer peer, Data data) throws IOException {
        while (sessions.size() < sizes().sftpSessions()) {
            List<SftpSession> begun = new ArrayList<>();
            for (int i = 0; i < TOGETHER && sessions.size() < sizes().sftpSessions(); i++) {
                SftpSession session = SftpSession.start(
                        data.clients(), peer.user(), peer.key(), peer.address().getPort(), List.of());
                sessions.add(session);
                begun.add(session);
            }
            for (SftpSession session : begun) {
                session.run("");
            }
        }
    }

    private Figure each(Metric metric, long bytes) {
        return new Figure(metric, bytes / KIBIBYTE / sizes().sftpSessions());
    }
}
