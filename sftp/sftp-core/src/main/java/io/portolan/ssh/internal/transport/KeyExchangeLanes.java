package io.portolan.ssh.internal.transport;

import io.portolan.core.internal.concurrent.WorkerLane;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Where a server computes its key exchanges: a few lanes for all connections. Strangers who begin exchanges by the thousand (CVE-2002-20001 and its like) keep these
 * busy and wait for each other; the workers that move files stay free. What a lane has no room for is refused, and its connection ends. Safe for all threads.
 */
public final class KeyExchangeLanes {

    /** How many exchanges may wait in a lane: some seconds of work. */
    static final int WAITING = 1_024;

    private final List<WorkerLane> lanes;
    private final AtomicInteger next = new AtomicInteger();

    /**
     * As many lanes as half of the processors, and one at least.
     *
     * @param workers what runs them
     */
    public KeyExchangeLanes(Executor workers) {
        this(workers, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    KeyExchangeLanes(Executor workers, int count) {
        lanes = Stream.generate(() -> new WorkerLane(workers, WAITING))
                .limit(count)
                .toList();
    }

    /** The lane of the next connection. */
    public WorkerLane next() {
        return lanes.get(Math.floorMod(next.getAndIncrement(), lanes.size()));
    }
}
