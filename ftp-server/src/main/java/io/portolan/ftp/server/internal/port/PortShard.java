package io.portolan.ftp.server.internal.port;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseCombiner;
import io.portolan.ftp.server.PassivePorts;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's part of the passive ports. All of its state is confined to that loop, and sessions on the same loop use it without a hop to another thread.
 *
 * <p>Ports are chosen as {@link PortChoice} says; there is one pool per local address by which clients reach us.
 */
final class PortShard {

    /** Often enough to give descriptors back soon, rarely enough to cost nothing. */
    private static final long SWEEP_MILLIS = 1_000;

    private final PassivePorts config;
    private final int size;
    private final PortHome home;
    private final EventLoop loop;
    private final PortCounters counters;
    private final Map<InetAddress, PortPool> pools = new HashMap<>();
    private @Nullable Future<?> nextSweep;
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param config this part's ports, and the limits
     * @param size how many ports this part is counted as
     * @param home where this part lives
     */
    PortShard(PassivePorts config, int size, PortHome home) {
        this.config = config;
        this.size = size;
        this.home = home;
        this.loop = home.loop();
        this.counters = home.counters();
    }

    EventLoop loop() {
        return loop;
    }

    /** Leases a port, or fails with a {@link PassivePortException}. From any thread. */
    void lease(LeaseRequest request, Patience patience, Promise<PortLease> promise) {
        if (loop.inEventLoop()) {
            leaseAtHome(request, patience, promise);
        } else {
            try {
                loop.execute(() -> leaseAtHome(request, patience, promise));
            } catch (RejectedExecutionException e) {
                promise.tryFailure(shutDown());
            }
        }
    }

    /** Closes all listeners. The future completes when the last port is free. From any thread. */
    CompletableFuture<Void> shutdown() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (loop.inEventLoop()) {
            shutdownAtHome(done);
        } else {
            try {
                loop.execute(() -> shutdownAtHome(done));
            } catch (RejectedExecutionException e) {
                // A loop that ended has closed its channels. Nor could it tell of the end, as Netty's own futures would
                // have it do.
                done.complete(null);
            }
        }
        return done;
    }

    static PassivePortException shutDown() {
        return new PassivePortException("the server is shutting down", null, true);
    }

    private void leaseAtHome(LeaseRequest request, Patience patience, Promise<PortLease> promise) {
        if (closed) {
            promise.tryFailure(shutDown());
            return;
        }
        InetAddress local = PeerAddress.normalise(request.local());
        PortPool pool = pools.get(local);
        if (pool == null) {
            pool = new PortPool(local, config, home);
            pools.put(local, pool);
            counters.ports.addAndGet(size);
        }
        pool.lease(request, patience, promise);
        // The request may have been answered by a call back into here.
        if (nextSweep == null && !closed) {
            sweepLater();
        }
    }

    private void sweepLater() {
        nextSweep = loop.schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        for (Iterator<PortPool> i = pools.values().iterator(); i.hasNext(); ) {
            PortPool pool = i.next();
            pool.sweep();
            if (pool.isEmpty()) {
                i.remove();
                counters.ports.addAndGet(-size);
            }
        }
        nextSweep = null;
        if (!pools.isEmpty()) {
            sweepLater();
        }
    }

    private void shutdownAtHome(CompletableFuture<Void> done) {
        closed = true;
        if (nextSweep != null) {
            nextSweep.cancel(false);
            nextSweep = null;
        }
        PromiseCombiner combiner = new PromiseCombiner(loop);
        for (PortPool pool : pools.values()) {
            pool.shutdown(combiner);
        }
        counters.ports.addAndGet(-size * pools.size());
        pools.clear();
        Promise<Void> channelsClosed = loop.newPromise();
        combiner.finish(channelsClosed);
        channelsClosed.addListener(ended -> {
            try {
                loop.schedule(() -> done.complete(null), PortPool.RELEASE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                done.complete(null);
            }
        });
    }
}
