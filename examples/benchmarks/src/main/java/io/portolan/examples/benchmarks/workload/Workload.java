package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.peer.Peer;
import io.portolan.examples.benchmarks.peer.Protocol;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import java.io.IOException;
import java.util.List;

/** Something that is measured, once or several times, on each server. */
public abstract class Workload {

    private final String name;
    private final Sizes sizes;

    /**
     * A workload.
     *
     * @param name the name on the command line
     * @param sizes how much of everything
     */
    Workload(String name, Sizes sizes) {
        this.name = name;
        this.sizes = sizes;
    }

    /** The name on the command line. */
    public final String name() {
        return name;
    }

    /** What the servers that it is for speak. */
    public Protocol protocol() {
        return Protocol.FTP;
    }

    /** How much of everything. */
    final Sizes sizes() {
        return sizes;
    }

    /** How often it is done without being counted, before it is. A compiler that watches has to have seen enough; a native server has nothing to learn. */
    public int warmUps(Peer.Kind kind) {
        return kind == Peer.Kind.NATIVE ? Math.min(1, sizes.warmUps()) : sizes.warmUps();
    }

    /** Does it once without being counted. */
    public void warmUp(RunningPeer peer, ProcessTree processes, Data data) throws IOException, InterruptedException {
        run(peer, processes, data);
    }

    /** How often it is measured, unless the command line says otherwise. */
    public final int runs() {
        return sizes.runs();
    }

    /** Does it once. */
    public abstract List<Figure> run(RunningPeer peer, ProcessTree processes, Data data)
            throws IOException, InterruptedException;
}
