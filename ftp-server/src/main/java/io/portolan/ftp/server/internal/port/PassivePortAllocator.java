package io.portolan.ftp.server.internal.port;

import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.portolan.ftp.server.PassivePortStatistics;
import io.portolan.ftp.server.PassivePorts;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Leases listening ports to sessions in passive mode.
 *
 * <p>The range is cut into parts, each of which lives on one event loop, so that a session whose loop has a part gets its port, and its connection, without a
 * hop to another thread: on one machine such a hop took 24 µs, and a small file as a whole 360. A part has {@link #MIN_PART} ports and as many open listeners
 * at least, since fewer could be guessed; where there are not that many for each loop, several loops share a part. If a part has no port for a client, the
 * others are asked.
 */
public final class PassivePortAllocator {

    /** Whoever wants to guess the next port has one chance in so many at best. */
    static final int MIN_PART = PassivePorts.MIN_IDLE_LISTENERS;

    private final PassivePorts config;
    private final LongSupplier nanoTime;
    private final PortCounters counters = new PortCounters();
    private final List<PortShard> shards;

    /**
     * Opens nothing yet.
     *
     * @param config the ports and limits
     * @param loops the sessions' loops, at least one
     * @param channels makes listening channels for their transport
     */
    public PassivePortAllocator(
            PassivePorts config, List<EventLoop> loops, ChannelFactory<? extends ServerChannel> channels) {
        // Not a generator seeded by it: from some ports seen, the state of a small one can be computed, and so the next
        // port.
        this(config, loops, channels, System::nanoTime, new SecureRandom());
    }

    PassivePortAllocator(
            PassivePorts config,
            List<EventLoop> loops,
            ChannelFactory<? extends ServerChannel> channels,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.config = config;
        this.nanoTime = nanoTime;
        List<PassivePorts> parts = parts(config, loops.size());
        List<PortShard> made = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            PassivePorts part = parts.get(i);
            int size = part.isAny() ? part.size() / parts.size() : part.size();
            made.add(new PortShard(part, size, new PortHome(loops.get(i), channels, nanoTime, random, counters)));
        }
        shards = List.copyOf(made);
    }

    /** The parts for so many loops, each as large as the others but for what is left over. */
    static List<PassivePorts> parts(PassivePorts config, int loops) {
        int idle = config.idleListeners();
        int byListeners = idle == 0 ? loops : idle / MIN_PART;
        int number = Math.max(1, Math.min(loops, Math.min(byListeners, config.size() / MIN_PART)));
        List<PassivePorts> parts = new ArrayList<>(number);
        int first = config.first();
        for (int i = 0; i < number; i++) {
            int last = config.first() + (int) ((long) config.size() * (i + 1) / number) - 1;
            PassivePorts ports = config.isAny() ? PassivePorts.any() : PassivePorts.range(first, last);
            parts.add(ports.toBuilder()
                    .maxWait(config.maxWait())
                    .maxWaiting(config.maxWaiting())
                    .idleListeners(idle / number)
                    .requireSamePeerAddress(config.isSamePeerAddressRequired())
                    .build());
            first = last + 1;
        }
        return parts;
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
        if (shards.size() == 1) {
            shards.get(0).lease(request, new Patience(config.maxWait(), true, true), promise);
        } else {
            new PortSearch(shards, request, config.maxWait(), nanoTime, promise).begin();
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
     * @return completes when the last port is free, on one of the loops; may be called several times. If that is a lent loop that is ended meanwhile, it may
     *     never complete, though the ports are free then
     */
    public CompletableFuture<Void> shutdown() {
        return CompletableFuture.allOf(shards.stream().map(PortShard::shutdown).toArray(CompletableFuture<?>[]::new));
    }
}
