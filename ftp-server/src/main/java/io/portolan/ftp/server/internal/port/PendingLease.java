package io.portolan.ftp.server.internal.port;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A request that has no port yet. Confined to the pool's loop. */
final class PendingLease {

    private final LeaseRequest request;
    private final Patience patience;
    private final Promise<PortLease> promise;
    private final InetAddress key;
    private @Nullable Future<?> timeout;
    private int bindFailures;

    PendingLease(LeaseRequest request, Patience patience, Promise<PortLease> promise, InetAddress key) {
        this.request = request;
        this.patience = patience;
        this.promise = promise;
        this.key = key;
    }

    LeaseRequest request() {
        return request;
    }

    Patience patience() {
        return patience;
    }

    Promise<PortLease> promise() {
        return promise;
    }

    InetAddress key() {
        return key;
    }

    /** Whether a port that the client has already will do. */
    boolean canShare() {
        return request.claim() != null && patience.mayShare();
    }

    int countBindFailure() {
        return ++bindFailures;
    }

    void startWaiting(Future<?> until) {
        this.timeout = until;
    }

    void stopWaiting() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }
}
