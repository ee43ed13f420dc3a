package io.portolan.ftp.server.internal.port;

import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
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
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's part of the passive ports. All of its state is confined to that loop, and sessions on the same loop use it without a hop to another thread.
 *
 * <p>Ports are chosen as {@link PortPool} says; there is one pool per local address by which clients reach us.
 */
final class PortShard {

    /** Often enough to give descriptors back soon, rarely enough to cost nothing. */
    private static final long SWEEP_MILLIS = 1_000;

    private final PassivePorts config;
    private final int size;
    private final EventLoop home;
    private final ChannelFactory<? extends ServerChannel> channels;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final PortCounters counters;

    private final Map<InetAddress, PortPool> pools = new HashMap<>();
    private @Nullable Future<?> nextSweep;
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param config this part's ports, and the limits
     * @param size how many ports this part is counted as
     * @param home where the state lives and listeners are registered; of the same transport as the sessions' loops
     * @param channels makes listening channels for that transport
     */
    PortShard(
            PassivePorts config,
            int size,
            EventLoop home,
            ChannelFactory<? extends ServerChannel> channels,
            LongSupplier nanoTime,
            RandomGenerator random,
            PortCounters counters) {
        this.config = config;
        this.size = size;
        this.home = home;
        this.channels = channels;
        this.nanoTime = nanoTime;
        this.random = random;
        this.counters = counters;
    }

    EventLoop home() {
        return home;
    }

    /** Leases a port, or fails with a {@link PassivePortException}. From any thread. */
    void lease(LeaseRequest request, Patience patience, Promise<PortLease> promise) {
        if (home.inEventLoop()) {
            leaseAtHome(request, patience, promise);
        } else {
            try {
                home.execute(() -> leaseAtHome(request, patience, promise));
            } catch (RejectedExecutionException e) {
                promise.tryFailure(shutDown());
            }
        }
    }

    /** Closes all listeners. The future completes when the last port is free. From any thread. */
    CompletableFuture<Void> shutdown() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (home.inEventLoop()) {
            shutdownAtHome(done);
        } else {
            try {
                home.execute(() -> shutdownAtHome(done));
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
            pool = new PortPool(local, config, home, channels, nanoTime, random, counters);
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
        nextSweep = home.schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
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
        PromiseCombiner combiner = new PromiseCombiner(home);
        for (PortPool pool : pools.values()) {
            pool.shutdown(combiner);
        }
        counters.ports.addAndGet(-size * pools.size());
        pools.clear();
        Promise<Void> channelsClosed = home.newPromise();
        combiner.finish(channelsClosed);
        channelsClosed.addListener(ended -> {
            try {
                home.schedule(() -> done.complete(null), PortPool.RELEASE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                done.complete(null);
            }
        });
    }
}
