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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports of one local address: who leases them, and who waits. Which port somebody gets says {@link PortChoice}. Confined to the allocator's loop.
 *
 * <p><b>Sharing.</b> What is leased is not a port but a port <em>for a client address</em>: two sessions get the same port only if their
 * clients' addresses differ, and a connection goes to the lease for the address it comes from. Only when an address has all ports already, sessions of its
 * that can tell their connections by more than the address get the same one, see {@link PortGroup}.
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

    private static final Logger LOG = LoggerFactory.getLogger(PortPool.class);

    /** The one client of all when peers' addresses do not count. */
    private static final InetAddress ANYBODY = new InetSocketAddress(0).getAddress();

    private final InetAddress local;
    private final PassivePorts config;
    private final EventLoop loop;
    private final LongSupplier nanoTime;
    private final PortCounters counters;
    private final ChannelFactory<? extends ServerChannel> channels;
    private final PortTable ports;
    private final PortChoice choice;
    private final Map<InetAddress, PortClient> clients = new HashMap<>();

    private int idle;
    private boolean closed;

    PortPool(InetAddress local, PassivePorts config, PortHome home) {
        this.local = local;
        this.config = config;
        this.loop = home.loop();
        this.nanoTime = home.nanoTime();
        this.counters = home.counters();
        this.channels = home.channels();
        this.ports = new PortTable(counters);
        this.choice = new PortChoice(config, ports, home.random());
    }

    /** What tells leases on one port apart. */
    InetAddress key(InetAddress peer) {
        return config.isSamePeerAddressRequired() ? PeerAddress.normalise(peer) : ANYBODY;
    }

    void lease(LeaseRequest request, Patience patience, Promise<PortLease> promise) {
        PendingLease pending = new PendingLease(request, patience, promise, key(request.client()));
        PortClient client = client(pending.key());
        if (!client.hasWaiters()) {
            serve(pending);
        } else if (!share(pending)) {
            waitInLine(pending);
        }
    }

    /** From any thread: the session does not want the port any more. */
    void giveBack(PortLease lease) {
        if (loop.inEventLoop()) {
            release(lease, false);
            return;
        }
        tryExecute(() -> release(lease, false));
    }

    /** The lease got a connection, and if that cannot be anybody else's ends with it. */
    void taken(PortLease lease) {
        if (!lease.isTaken()) {
            release(lease, true);
        }
    }

    /** From any thread: the connection is the right one. */
    void confirmed(PortLease lease) {
        if (loop.inEventLoop()) {
            release(lease, true);
        } else {
            tryExecute(() -> release(lease, true));
        }
    }

    /** From any thread: the connection was not the right one. */
    void reopen(PortLease lease) {
        if (loop.inEventLoop()) {
            reopenAtHome(lease);
        } else {
            tryExecute(() -> reopenAtHome(lease));
        }
    }

    private void reopenAtHome(PortLease lease) {
        if (!lease.reopen()) {
            // closed, maybe by the end of the pool, which could not tell who waits now
            lease.accepted().tryFailure(PortShard.shutDown());
            return;
        }
        PortGroup group = lease.listener().group(lease.key());
        Lobby lobby = group == null ? null : group.lobby();
        if (lobby != null) {
            lobby.reopened(lease);
        }
    }

    void countStranger() {
        counters.strangers.incrementAndGet();
    }

    EventLoop loop() {
        return loop;
    }

    boolean isEmpty() {
        return clients.isEmpty() && ports.isEmpty();
    }

    /** Closes what was idle or open for long, forgets what is over. */
    void sweep() {
        long now = nanoTime.getAsLong();
        for (int i = ports.open() - 1; i >= 0; i--) {
            PortListener listener = ports.open(i);
            boolean old = listener.ageNanos(now) >= MAX_AGE_NANOS;
            if (listener.isIdle() && (old || listener.idleNanos(now) >= IDLE_NANOS)) {
                close(listener);
            } else if (old) {
                ports.retire(listener);
            }
        }
        clients.values().removeIf(client -> {
            client.forgetOldPorts(now);
            return client.isUnused();
        });
        if (ports.forgetTaken(now)) {
            serveWaiters();
        }
    }

    void shutdown(PromiseCombiner closing) {
        closed = true;
        List<PortLease> leases = new ArrayList<>();
        List<PendingLease> waiting = new ArrayList<>();
        counters.busyPorts.addAndGet(idle - ports.listening());
        ports.close(closing, leases::add);
        for (PortClient client : clients.values()) {
            for (PendingLease pending = client.nextWaiter(); pending != null; pending = client.nextWaiter()) {
                waiting.add(pending);
            }
        }
        counters.leased.addAndGet(-leases.size());
        counters.waiting.addAndGet(-waiting.size());
        clients.clear();
        // Only now, as those who are told may call back.
        leases.forEach(lease -> lease.fail(PortShard.shutDown()));
        for (PendingLease pending : waiting) {
            pending.stopWaiting();
            pending.promise().tryFailure(PortShard.shutDown());
        }
    }

    private void tryExecute(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.trace("The loop has ended and its ports with it", e);
        }
    }

    private PortClient client(InetAddress key) {
        return clients.computeIfAbsent(key, PortClient::new);
    }

    /** Gives a port, or lets the request wait for one, or refuses it. */
    private void serve(PendingLease pending) {
        int port = choice.choose(client(pending.key()), nanoTime.getAsLong());
        if (port == PortChoice.NONE) {
            if (!share(pending)) {
                waitInLine(pending);
            }
            return;
        }
        @Nullable PortListener listener = ports.listener(port);
        if (listener == null) {
            bind(port, pending);
        } else {
            grant(listener, pending, client(pending.key()).isQuarantined(port, nanoTime.getAsLong()));
        }
    }

    /** Gives a port that the client has already. What is left over there from former leases tells whose it is, and need not be waited for. */
    private boolean share(PendingLease pending) {
        PortListener listener = shareable(pending);
        if (listener == null) {
            return false;
        }
        grant(listener, pending, false);
        return true;
    }

    private @Nullable PortListener shareable(PendingLease pending) {
        return pending.canShare() ? ports.shareable(client(pending.key())) : null;
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
        if (listener.add(lease)) {
            client.leasedOneMore();
        }
        counters.leased.incrementAndGet();
        counters.granted.incrementAndGet();
        if (drainFirst) {
            loop.schedule(() -> deliver(lease, pending), DRAIN_MILLIS, TimeUnit.MILLISECONDS);
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
        if (listener.group(lease.key()) == null) {
            client.leasedOneLess();
        }
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
        if (port != PortChoice.EPHEMERAL) {
            ports.beginTransit(port);
        }
        loop.register(channel).addListener(registered -> {
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
        ports.endTransit(asked);
        if (closed) {
            listener.channel().close();
            pending.promise().tryFailure(PortShard.shutDown());
            return;
        }
        listener.bound(nanoTime.getAsLong());
        ports.add(listener);
        idle++;
        // Nothing can be left over on a port that was opened this moment.
        grant(listener, pending, false);
    }

    private void bindFailed(int port, PendingLease pending, Throwable cause) {
        ports.endTransit(port);
        if (closed) {
            pending.promise().tryFailure(PortShard.shutDown());
            return;
        }
        if (port == PortChoice.EPHEMERAL || !isInUse(cause)) {
            LOG.warn("Cannot listen on {} port {} for a data connection: {}", local, port, cause.toString());
            refuse(pending, new PassivePortException("passive port " + port + " cannot be opened", cause, true));
            return;
        }
        LOG.debug("Passive port {} is held by another program, trying others", port);
        ports.take(port, nanoTime.getAsLong() + TAKEN_NANOS);
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

    private void close(PortListener listener) {
        int port = listener.port();
        ports.remove(listener);
        idle--;
        listener.channel().close();
        ports.beginTransit(port);
        loop.schedule(
                () -> {
                    ports.endTransit(port);
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
        pending.startWaiting(loop.schedule(
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

    private boolean canServeFirst(PortClient client) {
        PendingLease first = client.firstWaiter();
        return first != null
                && (choice.choose(client, nanoTime.getAsLong()) != PortChoice.NONE || shareable(first) != null);
    }

    /** First come, first served; at most as many as wait now, as one that cannot be served goes back in line. */
    private void serveWaiters(PortClient client) {
        for (int i = client.waiters(); i > 0 && !closed && canServeFirst(client); i--) {
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
