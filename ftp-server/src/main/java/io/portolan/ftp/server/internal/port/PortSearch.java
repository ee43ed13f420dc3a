package io.portolan.ftp.server.internal.port;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One request's way through the parts of the ports: first its own loop's, then a look at each other, then it waits for a while at one after the other, as it
 * cannot stand in all lines at once. On the session's loop, but for the beginning, which may be anywhere.
 */
final class PortSearch {

    /** How long it waits at one part: short enough that a port which another part has meanwhile is soon found. */
    static final Duration ROUND = Duration.ofMillis(250);

    private final List<PortShard> shards;
    private final LeaseRequest request;
    private final Duration maxWait;
    private final LongSupplier nanoTime;
    private final Promise<PortLease> promise;
    private final int own;
    private volatile @Nullable Promise<PortLease> current;
    private int tried;
    private long deadline;

    PortSearch(
            List<PortShard> shards,
            LeaseRequest request,
            Duration maxWait,
            LongSupplier nanoTime,
            Promise<PortLease> promise) {
        this.shards = shards;
        this.request = request;
        this.maxWait = maxWait;
        this.nanoTime = nanoTime;
        this.promise = promise;
        this.own = partOf(request);
    }

    private int partOf(LeaseRequest asked) {
        for (int i = 0; i < shards.size(); i++) {
            if (shards.get(i).loop() == asked.sessionLoop()) {
                return i;
            }
        }
        // always the same for a loop, so that the work is spread
        return Math.floorMod(System.identityHashCode(asked.sessionLoop()), shards.size());
    }

    void begin() {
        tryNext(patience());
        promise.addListener(done -> {
            if (done.isCancelled()) {
                Promise<PortLease> attempt = current;
                if (attempt != null) {
                    attempt.cancel(false);
                }
            }
        });
    }

    private void tryNext(Patience patience) {
        Promise<PortLease> attempt = request.sessionLoop().newPromise();
        PortShard shard = shards.get((own + tried++) % shards.size());
        current = attempt;
        attempt.addListener((Future<PortLease> done) -> attempted(done));
        shard.lease(request, patience, attempt);
    }

    private void attempted(Future<PortLease> attempt) {
        if (attempt.isSuccess()) {
            if (!promise.trySuccess(attempt.getNow())) {
                attempt.getNow().close();
            }
        } else if (!promise.isDone()) {
            if (attempt.cause() instanceof PassivePortException failure && !failure.isFinal()) {
                tryNext(patience());
            } else {
                promise.tryFailure(attempt.cause());
            }
        }
    }

    /** For the next part: a look at each at first, then a round of waiting. */
    private Patience patience() {
        if (tried < shards.size() - 1) {
            return Patience.NONE;
        }
        if (tried == shards.size() - 1) {
            return maxWait.isZero() ? new Patience(Duration.ZERO, true, true) : Patience.NONE;
        }
        long now = nanoTime.getAsLong();
        if (tried == shards.size()) {
            deadline = now + maxWait.toNanos();
        }
        long left = Math.max(0, deadline - now);
        boolean last = left <= ROUND.toNanos();
        return new Patience(last ? Duration.ofNanos(left) : ROUND, last, true);
    }
}
