package io.portolan.ftp.server.internal.port;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The leases of one client address on one port: one, as long as there are other ports; and several, when there are none and all of their sessions can tell
 * their data connections by more than the address. Where it is not clear whose a connection is, from the second lease on or while a lease has a connection that may be somebody else's, connections go through a
 * {@link Lobby}, until the last lease has ended. Confined to the pool's loop.
 */
final class PortGroup {

    /** How many sessions' keys a connection is tried with at most. With so many for each port even a range of ten carries what an office begins at a time. */
    static final int MAX_LEASES = 8;

    private final PortPool pool;
    private final List<PortLease> leases = new ArrayList<>(1);
    private @Nullable Lobby lobby;

    PortGroup(PortPool pool) {
        this.pool = pool;
    }

    int size() {
        return leases.size();
    }

    /** In their order; whoever goes on with it while leases come and go copies it. */
    List<PortLease> leases() {
        return leases;
    }

    boolean isShareable() {
        return leases.size() < MAX_LEASES
                && leases.stream().allMatch(lease -> lease.request().claim() != null);
    }

    void add(PortLease lease) {
        leases.add(lease);
    }

    boolean remove(PortLease lease) {
        boolean removed = leases.remove(lease);
        if (removed && lobby != null) {
            lobby.ended(lease);
        }
        return removed;
    }

    /** Where connections are to wait, or null if the only lease may have them at once. */
    @Nullable
    Lobby lobby() {
        if (lobby == null && (leases.size() > 1 || leases.stream().anyMatch(PortLease::isContested))) {
            lobby = new Lobby(pool, this);
        }
        return lobby;
    }

    /** Nobody waits for anything any more. */
    void close() {
        if (lobby != null) {
            lobby.close();
        }
    }
}
