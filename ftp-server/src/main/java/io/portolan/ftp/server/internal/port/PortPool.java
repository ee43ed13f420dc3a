package io.portolan.ftp.server.internal.port;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseCombiner;
import io.portolan.ftp.server.PassivePorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports of one local address. Confined to the allocator's loop.
 *
 * <p><b>Sharing.</b> What is leased is not a port but a port <em>for a client address</em>: two sessions get the same port only if their
 * clients' addresses differ, and a connection goes to the lease for the address it comes from.
 *
 * <p><b>How a port is chosen.</b> Whoever can guess the next port can try to connect before the client does (RFC 2577 section 8). The check of
 * the peer's address keeps out all but those behind the same address, and against these a port must be hard to guess. Opening and closing a
 * listener for each small file costs about as much as the rest of its data connection, so listeners stay open for a while; but open ports can
 * be found by scanning, so preferring them must not make the choice small. Hence: until {@link PassivePorts#idleListeners()} listeners are open, a port
 * is drawn from the whole range, open or not; from then on it is drawn from those that are open, all with the same chance. The choice is never smaller
 * than that number or the range. As each listener is retired after {@link #MAX_AGE_NANOS}, however busy, what a scan finds is soon stale.
 *
 * <p><b>Left-over connections.</b> A client that was given a port and never used it may still connect, late. Connections are taken from the kernel at
 * once and closed when nobody waits for them, and for {@link #QUARANTINE_NANOS} that port is not given to the same client address again. If
 * there is no other, it is given after {@link #DRAIN_MILLIS}, in which what was already there is closed.
 */
final class PortPool {

    /** A late SYN is repeated after one second; a client that is slower than two has given up or asked again. */
    static final long QUARANTINE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Some turns of the event loop: what the kernel had accepted when the old lease ended is taken and closed by then. */
    static final long DRAIN_MILLIS = 10;

    /** Idle for so long means that the burst of small files is over. */
    static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Even under load the set of open ports is another one after this time; four binds a second are not noticed. */
    static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** A port that another program holds is tried again after this time; a try costs one failing bind. */
    static final long TAKEN_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** A selector really closes a socket in its next turn; binding the port before would fail. */
    static final long RELEASE_MILLIS = 2;

    /** So that one request cannot hold the loop while it finds a whole range taken by another program. */
    private static final int MAX_BIND_ATTEMPTS = 64;

    /** Misses are rare unless most ports are busy for this client; then another way is taken. */
    private static final int DRAWS = 16;

    private static final int NONE = -1;
    private static final int EPHEMERAL = 0;
    private static final Logger LOG = LoggerFactory.getLogger(PortPool.class);

    /** The one client of all when peers' addresses do not count. */
    private static final InetAddress ANYBODY = new InetSocketAddress(0).getAddress();

    private final InetAddress local;
    private final PassivePorts config;
    private final EventLoop home;
    private final ChannelFactory<? extends ServerChannel> channels;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final PortCounters counters;

    private final Map<Integer, PortListener> listeners = new HashMap<>();

    /** Those of the listeners that the next port is drawn from. */
    private final List<PortListener> open = new ArrayList<>();

    private final Map<InetAddress, PortClient> clients = new HashMap<>();

    /** Ports that other programs hold, with the time until which that is believed. */
    private final Map<Integer, Long> taken = new HashMap<>();

    /** Ports that are being opened or closed right now. */
    private final Set<Integer> inTransit = new HashSet<>();

    private int idle;
    private boolean closed;

    PortPool(
            InetAddress local,
            PassivePorts config,
            EventLoop home,
            ChannelFactory<? extends ServerChannel> channels,
            LongSupplier nanoTime,
            RandomGenerator random,
            PortCounters counters) {
        this.local = local;
        this.config = config;
        this.home = home;
        this.channels = channels;
        this.nanoTime = nanoTime;
        this.random = random;
        this.counters = counters;
    }

    /** What tells leases on one port apart. */
    InetAddress key(InetAddress peer) {
        return config.isSamePeerAddressRequired() ? PeerAddress.normalise(peer) : ANYBODY;
    }

    void lease(LeaseRequest request, Patience patience, Promise<PortLease> promise) {
        PendingLease pending = new PendingLease(request, patience, promise, key(request.client()));
        PortClient client = client(pending.key());
        if (client.hasWaiters()) {
            waitInLine(pending);
        } else {
            serve(pending);
        }
    }

    /** From any thread: the session does not want the port any more. */
    void giveBack(PortLease lease) {
        if (home.inEventLoop()) {
            release(lease, false);
            return;
        }
        tryExecute(() -> release(lease, false));
    }

    /** The lease got its connection. */
    void accepted(PortLease lease) {
        release(lease, true);
    }

    void countStranger() {
        counters.strangers.incrementAndGet();
    }

    boolean isEmpty() {
        return listeners.isEmpty() && clients.isEmpty() && taken.isEmpty() && inTransit.isEmpty();
    }

    /** Closes what was idle or open for long, forgets what is over. */
    void sweep() {
        long now = nanoTime.getAsLong();
        for (int i = open.size() - 1; i >= 0; i--) {
            PortListener listener = open.get(i);
            boolean old = listener.ageNanos(now) >= MAX_AGE_NANOS;
            if (listener.isIdle() && (old || listener.idleNanos(now) >= IDLE_NANOS)) {
                close(listener);
            } else if (old) {
                retire(listener);
            }
        }
        clients.values().removeIf(client -> {
            client.forgetOldPorts(now);
            return client.isUnused();
        });
        int before = taken.size();
        taken.values().removeIf(until -> until - now <= 0);
        if (taken.size() < before) {
            counters.takenPorts.addAndGet(taken.size() - before);
            serveWaiters();
        }
    }

    void shutdown(PromiseCombiner closing) {
        closed = true;
        List<PortLease> leases = new ArrayList<>();
        List<PendingLease> waiting = new ArrayList<>();
        for (PortListener listener : listeners.values()) {
            listener.leases().forEach(leases::add);
            closing.add(listener.channel().close());
        }
        for (PortClient client : clients.values()) {
            for (PendingLease pending = client.nextWaiter(); pending != null; pending = client.nextWaiter()) {
                waiting.add(pending);
            }
        }
        counters.listening.addAndGet(-listeners.size());
        counters.busyPorts.addAndGet(idle - listeners.size());
        counters.leased.addAndGet(-leases.size());
        counters.waiting.addAndGet(-waiting.size());
        counters.takenPorts.addAndGet(-taken.size());
        open.clear();
        listeners.clear();
        clients.clear();
        taken.clear();
        // Only now, as those who are told may call back.
        leases.forEach(lease -> lease.fail(PortShard.shutDown()));
        for (PendingLease pending : waiting) {
            pending.stopWaiting();
            pending.promise().tryFailure(PortShard.shutDown());
        }
    }

    private void tryExecute(Runnable task) {
        try {
            home.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.trace("The loop has ended and its ports with it", e);
        }
    }

    private PortClient client(InetAddress key) {
        return clients.computeIfAbsent(key, PortClient::new);
    }

    /** Gives a port, or lets the request wait for one, or refuses it. */
    private void serve(PendingLease pending) {
        int port = choose(client(pending.key()));
        if (port == NONE) {
            waitInLine(pending);
            return;
        }
        @Nullable PortListener listener = listeners.get(port);
        if (listener == null) {
            bind(port, pending);
        } else {
            grant(listener, pending, client(pending.key()).isQuarantined(port, nanoTime.getAsLong()));
        }
    }

    private int choose(PortClient client) {
        long now = nanoTime.getAsLong();
        int enough = Math.min(config.idleListeners(), config.size());
        if (enough > 0 && open.size() >= enough) {
            for (int i = 0; i < DRAWS; i++) {
                int port = open.get(random.nextInt(open.size())).port();
                if (isFree(port, client) && !client.isQuarantined(port, now)) {
                    return port;
                }
            }
        }
        if (config.isAny()) {
            return EPHEMERAL;
        }
        if (client.leased() + taken.size() + inTransit.size() >= config.size()) {
            return NONE;
        }
        // A client that asks for ports and leaves them would otherwise have us search the whole range each time.
        boolean anyWillDo = client.leased() + client.quarantined() >= config.size() - taken.size();
        for (int i = 0; i < DRAWS; i++) {
            int port = config.first() + random.nextInt(config.size());
            if (isFree(port, client) && (anyWillDo || !client.isQuarantined(port, now))) {
                return port;
            }
        }
        return search(client, now);
    }

    /** Looks at every port, from a random one on; one in quarantine is better than none. */
    private int search(PortClient client, long now) {
        int offset = random.nextInt(config.size());
        int secondBest = NONE;
        for (int i = 0; i < config.size(); i++) {
            int port = config.first() + (offset + i) % config.size();
            if (!isFree(port, client)) {
                continue;
            }
            if (!client.isQuarantined(port, now)) {
                return port;
            }
            secondBest = port;
        }
        return secondBest;
    }

    private boolean isFree(int port, PortClient client) {
        PortListener listener = listeners.get(port);
        return listener == null
                ? !taken.containsKey(port) && !inTransit.contains(port)
                : listener.lease(client.key()) == null;
    }

    private void grant(PortListener listener, PendingLease pending, boolean drainFirst) {
        if (pending.promise().isDone()) {
            return;
        }
        PortClient client = client(pending.key());
        PortLease lease = new PortLease(this, listener, pending.request(), pending.key());
        if (listener.isIdle()) {
            idle--;
            counters.busyPorts.incrementAndGet();
        }
        listener.add(lease);
        client.leasedOneMore();
        counters.leased.incrementAndGet();
        counters.granted.incrementAndGet();
        if (drainFirst) {
            home.schedule(() -> deliver(lease, pending), DRAIN_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            deliver(lease, pending);
        }
    }

    private void deliver(PortLease lease, PendingLease pending) {
        if (closed) {
            pending.promise().tryFailure(PortShard.shutDown());
            return;
        }
        lease.open();
        if (!pending.promise().trySuccess(lease)) {
            lease.close();
        }
    }

    private void release(PortLease lease, boolean used) {
        if (closed) {
            return;
        }
        long now = nanoTime.getAsLong();
        PortListener listener = lease.listener();
        if (!listener.remove(lease, now)) {
            return;
        }
        counters.leased.decrementAndGet();
        PortClient client = client(lease.key());
        client.leasedOneLess();
        if (!used) {
            client.quarantine(listener.port(), now + QUARANTINE_NANOS);
        }
        if (listener.isIdle()) {
            idle++;
            counters.busyPorts.decrementAndGet();
            if (idle > config.idleListeners() || listener.isRetired()) {
                close(listener);
            }
        }
        if (client.hasWaiters()) {
            serveWaiters(client);
        } else if (client.isUnused()) {
            clients.remove(client.key());
        }
    }

    private void bind(int port, PendingLease pending) {
        ServerChannel channel;
        try {
            channel = channels.newChannel();
        } catch (RuntimeException e) {
            // ChannelException: no descriptors left.
            refuse(pending, new PassivePortException("no port can be opened now", e, true));
            return;
        }
        PortListener listener = new PortListener(this, channel, port);
        channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        channel.config().setOption(ChannelOption.SO_BACKLOG, PortListener.BACKLOG);
        channel.pipeline().addLast(listener);
        if (port != EPHEMERAL) {
            inTransit.add(port);
        }
        home.register(channel).addListener(registered -> {
            if (!registered.isSuccess()) {
                channel.unsafe().closeForcibly();
                bindFailed(port, pending, registered.cause());
                return;
            }
            channel.bind(new InetSocketAddress(local, port)).addListener(bound -> {
                if (bound.isSuccess()) {
                    bound(listener, port, pending);
                } else {
                    channel.close();
                    bindFailed(port, pending, bound.cause());
                }
            });
        });
    }

    private void bound(PortListener listener, int asked, PendingLease pending) {
        inTransit.remove(asked);
        if (closed) {
            listener.channel().close();
            pending.promise().tryFailure(PortShard.shutDown());
            return;
        }
        listener.bound(nanoTime.getAsLong());
        listener.position(open.size());
        open.add(listener);
        listeners.put(listener.port(), listener);
        idle++;
        counters.listening.incrementAndGet();
        // Nothing can be left over on a port that was opened this moment.
        grant(listener, pending, false);
    }

    private void bindFailed(int port, PendingLease pending, Throwable cause) {
        inTransit.remove(port);
        if (closed) {
            pending.promise().tryFailure(PortShard.shutDown());
            return;
        }
        if (port == EPHEMERAL || !isInUse(cause)) {
            LOG.warn("Cannot listen on {} port {} for a data connection: {}", local, port, cause.toString());
            refuse(pending, new PassivePortException("passive port " + port + " cannot be opened", cause, true));
            return;
        }
        LOG.debug("Passive port {} is held by another program, trying others", port);
        taken.put(port, nanoTime.getAsLong() + TAKEN_NANOS);
        counters.takenPorts.incrementAndGet();
        if (pending.countBindFailure() < MAX_BIND_ATTEMPTS) {
            serve(pending);
        } else {
            refuse(
                    pending,
                    new PassivePortException(
                            "other programs hold the passive ports",
                            cause,
                            pending.patience().isLast()));
        }
    }

    /** Transports throw classes of their own; the system's text is what they have in common. */
    private static boolean isInUse(Throwable cause) {
        String message = cause.getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).contains("in use");
    }

    /** Takes it out of the draw; it closes when its last lease ends. */
    private void retire(PortListener listener) {
        PortListener moved = open.remove(open.size() - 1);
        if (moved != listener) {
            open.set(listener.position(), moved);
            moved.position(listener.position());
        }
        listener.retire();
    }

    private void close(PortListener listener) {
        if (!listener.isRetired()) {
            retire(listener);
        }
        int port = listener.port();
        listeners.remove(port);
        idle--;
        counters.listening.decrementAndGet();
        listener.channel().close();
        inTransit.add(port);
        home.schedule(
                () -> {
                    inTransit.remove(port);
                    serveWaiters();
                },
                RELEASE_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private void waitInLine(PendingLease pending) {
        Duration wait = pending.patience().time();
        boolean crowded = counters.waiting.get() >= config.maxWaiting();
        if (wait.isZero() || crowded) {
            refuse(pending, exhausted(pending, crowded && !wait.isZero()));
            return;
        }
        client(pending.key()).addWaiter(pending);
        counters.waiting.incrementAndGet();
        pending.startWaiting(home.schedule(
                () -> {
                    if (leaveLine(pending)) {
                        refuse(pending, exhausted(pending, false));
                    }
                },
                wait.toNanos(),
                TimeUnit.NANOSECONDS));
        pending.promise().addListener(done -> {
            if (done.isCancelled()) {
                tryExecute(() -> leaveLine(pending));
            }
        });
    }

    private boolean leaveLine(PendingLease pending) {
        PortClient client = clients.get(pending.key());
        if (client == null || !client.removeWaiter(pending)) {
            return false;
        }
        pending.stopWaiting();
        counters.waiting.decrementAndGet();
        return true;
    }

    private static PassivePortsExhaustedException exhausted(PendingLease pending, boolean always) {
        return new PassivePortsExhaustedException(
                "all passive ports are busy for your address",
                always || pending.patience().isLast());
    }

    private void refuse(PendingLease pending, PassivePortException reason) {
        if (reason.isFinal()) {
            counters.refused.incrementAndGet();
        }
        pending.promise().tryFailure(reason);
    }

    private void serveWaiters() {
        if (counters.waiting.get() > 0) {
            List.copyOf(clients.values()).forEach(this::serveWaiters);
        }
    }

    /** First come, first served; at most as many as wait now, as one that cannot be served goes back in line. */
    private void serveWaiters(PortClient client) {
        for (int i = client.waiters(); i > 0 && !closed && choose(client) != NONE; i--) {
            PendingLease next = client.nextWaiter();
            if (next == null) {
                return;
            }
            next.stopWaiting();
            counters.waiting.decrementAndGet();
            if (!next.promise().isDone()) {
                serve(next);
            }
        }
    }
}
