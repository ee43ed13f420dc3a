package io.portolan.ftp.server.internal.port;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listening port and the leases on it, told apart by the client's address, and those of one address as {@link PortGroup} says. It takes each connection from the kernel at once and closes
 * those that nobody waits for, so that none is left over for a later lease. Used on the pool's loop only.
 */
final class PortListener extends ChannelInboundHandlerAdapter {

    /**
     * Connections that the kernel holds until we take them. They are taken at once; a port shared by many addresses may see as many arrive
     * while the loop is busy with something else.
     */
    static final int BACKLOG = 128;

    /** When accepting fails (no descriptors left), trying again at once would only burn the processor. */
    static final long ACCEPT_PAUSE_MILLIS = 250;

    private static final int RETIRED = -1;
    private static final Logger LOG = LoggerFactory.getLogger(PortListener.class);

    private final PortPool pool;
    private final ServerChannel channel;
    private final Map<InetAddress, PortGroup> groups = new HashMap<>();
    private int port;
    private long boundAt;
    private long idleSince;

    /** Where the pool's list has it. */
    private int position = RETIRED;

    PortListener(PortPool pool, ServerChannel channel, int port) {
        this.pool = pool;
        this.channel = channel;
        this.port = port;
    }

    ServerChannel channel() {
        return channel;
    }

    int port() {
        return port;
    }

    void bound(long now) {
        this.port = ((InetSocketAddress) channel.localAddress()).getPort();
        this.boundAt = now;
        this.idleSince = now;
    }

    boolean isRetired() {
        return position == RETIRED;
    }

    void retire() {
        this.position = RETIRED;
    }

    int position() {
        return position;
    }

    void position(int index) {
        this.position = index;
    }

    boolean isIdle() {
        return groups.isEmpty();
    }

    long idleNanos(long now) {
        return now - idleSince;
    }

    long ageNanos(long now) {
        return now - boundAt;
    }

    /** What is leased to a client here, or null. */
    @Nullable
    PortGroup group(InetAddress key) {
        return groups.get(key);
    }

    /** Returns whether it is its client's only lease here. */
    boolean add(PortLease lease) {
        PortGroup group = groups.computeIfAbsent(lease.key(), key -> new PortGroup(pool));
        group.add(lease);
        return group.size() == 1;
    }

    boolean remove(PortLease lease, long now) {
        PortGroup group = groups.get(lease.key());
        if (group == null || !group.remove(lease)) {
            return false;
        }
        if (group.size() == 0) {
            groups.remove(lease.key());
            group.close();
            if (groups.isEmpty()) {
                idleSince = now;
            }
        }
        return true;
    }

    /** Forgets them, and closes what nobody has yet. */
    void endLeases(Consumer<PortLease> lost) {
        for (PortGroup group : groups.values()) {
            group.leases().forEach(lost);
            group.close();
        }
        groups.clear();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel child = (Channel) message;
        // It is null when the peer is gone already.
        if (!(child.remoteAddress() instanceof InetSocketAddress peer)) {
            child.unsafe().closeForcibly();
            return;
        }
        PortGroup group = groups.get(pool.key(peer.getAddress()));
        Lobby lobby = group == null ? null : group.lobby();
        if (lobby != null) {
            child.config().setAutoRead(false);
            lobby.admit(child);
            return;
        }
        PortLease lease = group == null ? null : group.leases().get(0);
        if (lease == null || !lease.claim()) {
            pool.countStranger();
            LOG.debug("Nobody waits for {} on data port {}: closed", peer, port);
            reset(child);
            return;
        }
        try {
            // First, so that who sees the connection sees the lease ended.
            pool.taken(lease);
            hand(child, lease);
        } catch (RuntimeException e) {
            child.unsafe().closeForcibly();
            lease.accepted().tryFailure(e);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.warn("Cannot accept on data port {}: {}", port, cause.toString());
        if (channel.config().isAutoRead()) {
            channel.config().setAutoRead(false);
            channel.eventLoop()
                    .schedule(() -> channel.config().setAutoRead(true), ACCEPT_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private static void hand(Channel child, PortLease lease) {
        child.config().setAutoRead(false);
        // TCP_NODELAY is Netty's default, and setting it again would be another system call
        child.pipeline().addLast(lease.request().initializer());
        lease.arrived(child);
    }

    /** With a reset, so that strangers leave no TIME_WAIT entries behind. */
    private static void reset(Channel child) {
        child.config().setOption(ChannelOption.SO_LINGER, 0);
        child.unsafe().closeForcibly();
    }
}
