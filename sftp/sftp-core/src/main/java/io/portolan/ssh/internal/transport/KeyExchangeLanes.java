package io.portolan.ssh.internal.transport;

import io.portolan.core.internal.concurrent.WorkerLane;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Where a server computes its key exchanges: a few lanes for all connections. Strangers who begin exchanges by the thousand (CVE-2002-20001 and its like) keep these
 * busy and wait for each other; the workers that move files stay free. Users who are logged in have lanes of their own, so that strangers do not hold up the renewal of their keys, for
 * which a session stands still. What a lane has no room for is refused, and its connection ends. Safe for all threads.
 */
public final class KeyExchangeLanes {

    /** How many exchanges may wait in a lane: some seconds of work. */
    static final int WAITING = 1_024;

    private final List<WorkerLane> ofStrangers;
    private final List<WorkerLane> ofUsers;
    private final AtomicInteger next = new AtomicInteger();

    /**
     * Where one connection's keys are computed.
     *
     * @param ofStranger before its user is logged in
     * @param ofUser afterwards
     */
    public record Pair(WorkerLane ofStranger, WorkerLane ofUser) {

        /** One lane for both, which nobody else has. */
        public static Pair both(WorkerLane lane) {
            return new Pair(lane, lane);
        }
    }

    /**
     * As many lanes of each kind as half of the processors, and one at least.
     *
     * @param workers what runs them
     */
    public KeyExchangeLanes(Executor workers) {
        this(workers, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    KeyExchangeLanes(Executor workers, int count) {
        ofStrangers = lanes(workers, count);
        ofUsers = lanes(workers, count);
    }

    private static List<WorkerLane> lanes(Executor workers, int count) {
        return Stream.generate(() -> new WorkerLane(workers, WAITING))
                .limit(count)
                .toList();
    }

    /** The lanes of the next connection. */
    public Pair ofNextConnection() {
        int number = Math.floorMod(next.getAndIncrement(), ofStrangers.size());
        return new Pair(ofStrangers.get(number), ofUsers.get(number));
    }
}
