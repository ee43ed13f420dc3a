package io.portolan.examples.benchmarks.workload;

import java.util.List;

/** All that there are. */
public final class Workloads {

    private Workloads() {}

    /** In the order of the tables. */
    public static List<Workload> all(Sizes sizes) {
        return List.of(
                new Downloads(sizes),
                new Uploads(sizes),
                new Listings(sizes),
                new SmallFiles(sizes, SmallFiles.Direction.DOWN),
                new SmallFiles(sizes, SmallFiles.Direction.UP),
                new Logins(sizes),
                new IdleSessions(sizes));
    }
}
