package io.portolan.examples.benchmarks.workload;

import io.portolan.examples.benchmarks.measure.ProcessTree;
import io.portolan.examples.benchmarks.peer.RunningPeer;
import io.portolan.examples.benchmarks.report.Figure;
import java.io.IOException;
import java.util.List;

/** Something that is measured, once or several times, on each server. */
public interface Workload {

    /** The name on the command line. */
    String name();

    /** How often it is done without being counted, before it is. The Java servers need it; all get it. */
    int warmUps();

    /** How often it is measured, unless the command line says otherwise. */
    int runs();

    /** Does it once. */
    List<Figure> run(RunningPeer peer, ProcessTree processes, Data data) throws IOException, InterruptedException;
}
