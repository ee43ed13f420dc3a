package io.portolan.ftp.server.internal.port;

import io.netty.util.concurrent.PromiseCombiner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ports of a pool by what has become of them: open, open but no more given out, held by other programs, on their way. Confined to the pool's loop. */
final class PortTable {

    private final PortCounters counters;
    private final Map<Integer, PortListener> listeners = new HashMap<>();

    /** Those of the listeners that the next port is drawn from. */
    private final List<PortListener> open = new ArrayList<>();

    /** Ports that other programs hold, with the time until which that is believed. */
    private final Map<Integer, Long> taken = new HashMap<>();

    /** Ports that are being opened or closed right now. */
    private final Set<Integer> inTransit = new HashSet<>();

    PortTable(PortCounters counters) {
        this.counters = counters;
    }

    boolean isEmpty() {
        return listeners.isEmpty() && taken.isEmpty() && inTransit.isEmpty();
    }

    @Nullable
    PortListener listener(int port) {
        return listeners.get(port);
    }

    /** How many listeners there are, with those that are retired. */
    int listening() {
        return listeners.size();
    }

    /** How many listeners a port can be drawn from. */
    int open() {
        return open.size();
    }

    PortListener open(int index) {
        return open.get(index);
    }

    int taken() {
        return taken.size();
    }

    int inTransit() {
        return inTransit.size();
    }

    /** Whether the port can be given to this client: it is open and not the client's already, or it can be opened. */
    boolean isFree(int port, PortClient client) {
        PortListener listener = listeners.get(port);
        return listener == null
                ? !taken.containsKey(port) && !inTransit.contains(port)
                : listener.group(client.key()) == null;
    }

    /** The port with the fewest leases of this client's among those where one more can be told from them, or null. */
    @Nullable
    PortListener shareable(PortClient client) {
        PortListener best = null;
        int fewest = PortGroup.MAX_LEASES;
        for (PortListener listener : listeners.values()) {
            PortGroup group = listener.group(client.key());
            if (group != null && group.size() < fewest && group.isShareable()) {
                best = listener;
                fewest = group.size();
            }
        }
        return best;
    }

    void beginTransit(int port) {
        inTransit.add(port);
    }

    void endTransit(int port) {
        inTransit.remove(port);
    }

    void add(PortListener listener) {
        listener.position(open.size());
        open.add(listener);
        listeners.put(listener.port(), listener);
        counters.listening.incrementAndGet();
    }

    /** Takes it out of the draw. */
    void retire(PortListener listener) {
        PortListener moved = open.remove(open.size() - 1);
        if (moved != listener) {
            open.set(listener.position(), moved);
            moved.position(listener.position());
        }
        listener.retire();
    }

    void remove(PortListener listener) {
        if (!listener.isRetired()) {
            retire(listener);
        }
        listeners.remove(listener.port());
        counters.listening.decrementAndGet();
    }

    /** Another program holds it. */
    void take(int port, long until) {
        taken.put(port, until);
        counters.takenPorts.incrementAndGet();
    }

    /** Whether ports that other programs held are to be tried again from now on. */
    boolean forgetTaken(long now) {
        int before = taken.size();
        taken.values().removeIf(until -> until - now <= 0);
        counters.takenPorts.addAndGet(taken.size() - before);
        return taken.size() < before;
    }

    /** Closes all listeners and forgets them; their leases are told of to {@code lost}. */
    void close(PromiseCombiner closing, Consumer<PortLease> lost) {
        for (PortListener listener : listeners.values()) {
            listener.endLeases(lost);
            closing.add(listener.channel().close());
        }
        counters.listening.addAndGet(-listeners.size());
        counters.takenPorts.addAndGet(-taken.size());
        open.clear();
        listeners.clear();
        taken.clear();
    }
}
