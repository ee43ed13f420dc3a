package io.portolan.ftp.server.internal.port;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the connections of one client address on a shared port wait until they have told whose they are. They are registered on the pool's loop meanwhile, and then, when nothing but what they said first has been
 * read and nothing answered, they move to their session's loop, together with that. One whose session has another connection at hand stays until that has turned out to be right or wrong. A connection that is
 * nobody's is closed, and leaves the leases as they are. Confined to the pool's loop.
 */
final class Lobby {

    /** Twice as many as can be awaited. One more than these pushes the oldest out that has not told whose it is, so that neighbours who keep silent cannot keep others out. */
    static final int MAX_GUESTS = 2 * PortGroup.MAX_LEASES;

    /** As long as a session is granted to begin a transfer by default; honest clients are silent until they have read 150. */
    static final long MAX_STAY_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private static final Logger LOG = LoggerFactory.getLogger(Lobby.class);

    private final PortPool pool;
    private final PortGroup group;
    private final Set<Guest> guests = new LinkedHashSet<>();

    Lobby(PortPool pool, PortGroup group) {
        this.pool = pool;
        this.group = group;
    }

    /** Takes a connection that is not registered. */
    void admit(Channel child) {
        if (guests.size() >= MAX_GUESTS) {
            refuse(guests.stream()
                    .filter(guest -> !guest.waits())
                    .findFirst()
                    .orElseGet(() -> guests.iterator().next()));
        }
        Guest guest = new Guest(this, child);
        child.pipeline().addLast(guest);
        guests.add(guest);
        pool.loop().register(child).addListener(registered -> {
            if (!registered.isSuccess()) {
                guests.remove(guest);
                child.unsafe().closeForcibly();
            } else if (guests.contains(guest)) {
                guest.begin();
            }
        });
    }

    /** Those who may be meant by a guest, now. */
    List<PortLease> candidates() {
        return List.copyOf(group.leases());
    }

    /** The connection has told whose it is. */
    void decided(Guest guest, PortLease lease, byte[] said) {
        if (lease.isTaken()) {
            guest.waitFor(lease);
            return;
        }
        if (!lease.claim()) {
            refuse(guest);
            return;
        }
        guests.remove(guest);
        Channel child = guest.leave();
        SaidBefore before = new SaidBefore(said);
        try {
            child.pipeline().addFirst(before);
            child.pipeline().addLast(lease.request().initializer());
        } catch (RuntimeException e) {
            child.close();
            lease.accepted().tryFailure(e);
            return;
        }
        child.deregister().addListener(left -> {
            if (left.isSuccess()) {
                before.moved();
                lease.arrived(child);
            } else {
                child.close();
                lease.accepted().tryFailure(left.cause());
            }
        });
    }

    /** The connection that a lease had was not the right one. */
    void reopened(PortLease lease) {
        guests.stream().filter(guest -> guest.waitsFor(lease)).findFirst().ifPresent(Guest::decideAgain);
    }

    /** A lease has ended. */
    void ended(PortLease lease) {
        guests.stream().filter(guest -> guest.waitsFor(lease)).toList().forEach(this::refuse);
    }

    /** The connection is nobody's. */
    void refuse(Guest guest) {
        guests.remove(guest);
        if (!guest.hasLeft()) {
            pool.countStranger();
            Channel child = guest.leave();
            LOG.debug("Nobody shows that {} is his: closed", child);
            try {
                child.config().setOption(ChannelOption.SO_LINGER, 0);
            } catch (ChannelException e) {
                LOG.trace("{} has gone already", child, e);
            }
            child.close();
        }
    }

    /** It has gone by itself. */
    void gone(Guest guest) {
        guests.remove(guest);
    }

    /** Nobody waits for any of them. */
    void close() {
        new ArrayList<>(guests).forEach(this::refuse);
    }
}
