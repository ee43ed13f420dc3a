package io.portolan.examples.benchmarks.measure;

import java.io.IOException;

/** The processes that this one has started and that have ended. */
public final class Children {

    private static final int FIELD_CUTIME = 16;
    private static final int FIELD_CSTIME = 17;

    private Children() {}

    /** User and system time of all of them, in steps of 10 ms: what has been added while one ran alone was its own. */
    public static double cpuSeconds() throws IOException {
        return ProcessTree.ticks(ProcessHandle.current().pid(), FIELD_CUTIME, FIELD_CSTIME)
                / ProcessTree.TICKS_PER_SECOND;
    }
}
