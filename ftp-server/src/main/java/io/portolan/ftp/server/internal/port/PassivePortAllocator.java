package io.portolan.ftp.server.internal.port;

import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseCombiner;
import io.portolan.ftp.server.PassivePortStatistics;
import io.portolan.ftp.server.PassivePorts;
import java.net.InetAddress;
import java.security.SecureRandom;
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
 * Leases listening ports to sessions in passive mode.
 *
 * <p>All state is confined to one event loop, the allocator's home; a session on another loop pays one hop there and one back. The connection
 * itself is registered on the session's loop, so that control and data connection of a session share one thread.
 *
 * <p>Ports are chosen as {@link PortPool} says; there is one pool per local address by which clients reach us.
 */
public final class PassivePortAllocator {

    /** Often enough to give descriptors back soon, rarely enough to cost nothing. */
    private static final long SWEEP_MILLIS = 1_000;

    private final PassivePorts config;
    private final EventLoop home;
    private final ChannelFactory<? extends ServerChannel> channels;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final PortCounters counters = new PortCounters();

    private final Map<InetAddress, PortPool> pools = new HashMap<>();
    private @Nullable Future<?> nextSweep;
    private boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param config the ports and limits
     * @param home where the state lives and listeners are registered; of the same transport as the sessions' loops
     * @param channels makes listening channels for that transport
     */
    public PassivePortAllocator(PassivePorts config, EventLoop home, ChannelFactory<? extends ServerChannel> channels) {
        // Not a generator seeded by it: from some ports seen, the state of a small one can be computed, and so the next
        // port.
        this(config, home, channels, System::nanoTime, new SecureRandom());
    }

    PassivePortAllocator(
            PassivePorts config,
            EventLoop home,
            ChannelFactory<? extends ServerChannel> channels,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.config = config;
        this.home = home;
        this.channels = channels;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /**
     * Leases a port. A session has one lease at a time: it closes the old one before it asks for another. May be called on any thread.
     *
     * @param request who asks
     * @return notified on the session's loop; fails with a {@link PassivePortException} whose message says why. Cancelling it ends the wait; a
     *     lease that comes too late is given back
     */
    public Future<PortLease> lease(LeaseRequest request) {
        Promise<PortLease> promise = request.sessionLoop().newPromise();
        if (home.inEventLoop()) {
            leaseAtHome(request, promise);
        } else {
            try {
                home.execute(() -> leaseAtHome(request, promise));
            } catch (RejectedExecutionException e) {
                promise.tryFailure(shutDown());
            }
        }
        return promise;
    }

    /**
     * How the ports are used.
     *
     * @return the numbers now; from any thread, each right by itself, taken one after the other
     */
    public PassivePortStatistics statistics() {
        return counters.snapshot(config.size());
    }

    /**
     * Closes all listeners; leases and waiting requests fail, connections that were accepted live on.
     *
     * @return completes when the last port is free, on the allocator's loop; may be called several times. If that is a lent loop that is ended meanwhile, it may
     *     never complete, though the ports are free then
     */
    public CompletableFuture<Void> shutdown() {
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
        return new PassivePortException("the server is shutting down", null);
    }

    private void leaseAtHome(LeaseRequest request, Promise<PortLease> promise) {
        if (closed) {
            promise.tryFailure(shutDown());
            return;
        }
        InetAddress local = PeerAddress.normalise(request.local());
        PortPool pool = pools.get(local);
        if (pool == null) {
            pool = new PortPool(local, config, home, channels, nanoTime, random, counters);
            pools.put(local, pool);
            counters.ports.addAndGet(config.size());
        }
        pool.lease(request, promise);
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
                counters.ports.addAndGet(-config.size());
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
        counters.ports.addAndGet(-config.size() * pools.size());
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
