package io.portolan.guard;

import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections and keeps out those beyond the limits. One gate may serve several endpoints, which then share the limits. Safe to use from any thread;
 * never blocks. It remembers nothing of connections that are gone.
 */
public final class ConnectionGate {

    private final ConnectionLimits limits;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<SourceNetwork, Integer> perAddress = new ConcurrentHashMap<>();
    private final Map<String, Integer> perUser = new ConcurrentHashMap<>();

    /**
     * Makes a gate through which nobody has gone.
     *
     * @param limits how many may
     */
    public ConnectionGate(ConnectionLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Lets a connection in if there is room.
     *
     * @param source where it comes from
     * @return the slot that it takes until it is closed, or empty if there are too many in all or from there
     */
    public Optional<Slot> enter(InetAddress source) {
        SourceNetwork network = SourceNetwork.of(source);
        if (total.incrementAndGet() > limits.total()) {
            total.decrementAndGet();
            return Optional.empty();
        }
        if (!increment(perAddress, network, limits.perAddress())) {
            total.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(new Slot(network));
    }

    /**
     * How many connections there are.
     *
     * @return the number of slots taken
     */
    public int connections() {
        return total.get();
    }

    /**
     * How many connections there are from one address (IPv6: its /64).
     *
     * @param source the address
     * @return the number of slots taken from there
     */
    public int connections(InetAddress source) {
        return perAddress.getOrDefault(SourceNetwork.of(source), 0);
    }

    /**
     * The limits.
     *
     * @return what was given
     */
    public ConnectionLimits limits() {
        return limits;
    }

    private static <K> boolean increment(Map<K, Integer> counts, K key, int limit) {
        AtomicBoolean done = new AtomicBoolean();
        counts.compute(key, (k, old) -> {
            int now = old == null ? 0 : old;
            done.set(now < limit);
            return now < limit ? Integer.valueOf(now + 1) : old;
        });
        return done.get();
    }

    private static <K> void decrement(Map<K, Integer> counts, K key) {
        counts.computeIfPresent(key, (k, now) -> now == 1 ? null : Integer.valueOf(now - 1));
    }

    /** One connection's place. */
    public final class Slot implements AutoCloseable {
        private final SourceNetwork network;
        private @Nullable String user;
        private boolean closed;

        private Slot(SourceNetwork network) {
            this.network = network;
        }

        /**
         * Counts the connection for a user who has been let in. A user counted for it before is counted no more.
         *
         * @param name the user
         * @return whether there is room; if not, nobody is counted for this connection
         */
        public synchronized boolean login(String name) {
            logout();
            if (closed || !increment(perUser, name, limits.perUser())) {
                return false;
            }
            user = name;
            return true;
        }

        /** Counts the connection for no user any more. */
        public synchronized void logout() {
            if (user != null) {
                decrement(perUser, user);
                user = null;
            }
        }

        /** Gives the place back. May be called more than once. */
        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                logout();
                decrement(perAddress, network);
                total.decrementAndGet();
            }
        }
    }
}
