package io.portolan.ftp.server.internal.port;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a pool knows about one client address. Confined to the pool's loop. */
final class PortClient {

    private final InetAddress key;
    private final ArrayDeque<PendingLease> waiters = new ArrayDeque<>(1);
    private final Map<Integer, Long> quarantine = new HashMap<>(2);
    /** How many ports; some may be leased several times. */
    private int leased;

    PortClient(InetAddress key) {
        this.key = key;
    }

    InetAddress key() {
        return key;
    }

    int leased() {
        return leased;
    }

    void leasedOneMore() {
        leased++;
    }

    void leasedOneLess() {
        leased--;
    }

    void quarantine(int port, long until) {
        quarantine.put(port, until);
    }

    boolean isQuarantined(int port, long now) {
        Long until = quarantine.get(port);
        return until != null && until - now > 0;
    }

    /** How many ports are in quarantine, or were a moment ago. */
    int quarantined() {
        return quarantine.size();
    }

    void forgetOldPorts(long now) {
        quarantine.values().removeIf(until -> until - now <= 0);
    }

    boolean hasWaiters() {
        return !waiters.isEmpty();
    }

    int waiters() {
        return waiters.size();
    }

    void addWaiter(PendingLease pending) {
        waiters.add(pending);
    }

    @Nullable
    PendingLease nextWaiter() {
        return waiters.poll();
    }

    /** Whose turn it is, or null. */
    @Nullable
    PendingLease firstWaiter() {
        return waiters.peek();
    }

    boolean removeWaiter(PendingLease pending) {
        return waiters.remove(pending);
    }

    boolean isUnused() {
        return leased == 0 && waiters.isEmpty() && quarantine.isEmpty();
    }
}
