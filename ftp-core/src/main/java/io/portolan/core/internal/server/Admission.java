package io.portolan.core.internal.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.portolan.core.internal.session.SessionIds;
import io.portolan.core.internal.session.SessionRegistry;
import io.portolan.guard.ConnectionGate;
import io.portolan.guard.ConnectionLimits;
import io.portolan.guard.LoginGuard;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is let in: makes a session of each connection that the guard and the limits allow, and has the others sent away. One per server; its listeners count
 * connections together.
 *
 * @param <S> the endpoint's own class of session
 */
public final class Admission<S extends LiveSession> {

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final LoginGuard guard;
    private final ConnectionGate gate;
    private final SessionIds ids = new SessionIds();
    private final SessionRegistry<S> sessions = new SessionRegistry<>();

    /** What one listener makes of those who come in. On the connection's event loop. */
    public interface Reception<S extends LiveSession> {

        /**
         * Makes a session, which sends and reads nothing yet. When it is over it closes the slot, and as its very last step has itself
         * {@linkplain SessionRegistry#remove removed}.
         *
         * @param channel the connection
         * @param id the session's name
         * @param slot its place among the connections
         * @return the session
         */
        S create(Channel channel, String id, ConnectionGate.Slot slot);

        /**
         * The session is in the registry: it may begin.
         *
         * @param session what was created
         */
        void begin(S session);

        /**
         * Sends a connection away, at little cost: whoever is refused may come again a thousand times a second.
         *
         * @param channel the connection, to be closed
         * @param text why, for the peer
         */
        void refuse(Channel channel, String text);
    }

    /**
     * Makes an admission that has let in nobody.
     *
     * @param guard knows who is locked out
     * @param limits how many connections there may be
     */
    public Admission(LoginGuard guard, ConnectionLimits limits) {
        this.guard = guard;
        this.gate = new ConnectionGate(limits);
    }

    /**
     * The sessions that are alive.
     *
     * @return the registry
     */
    public SessionRegistry<S> sessions() {
        return sessions;
    }

    /**
     * The handler of the connections that one listener accepts.
     *
     * @param reception what becomes of them
     * @return the handler, for all of them
     */
    public ChannelHandler handler(Reception<S> reception) {
        return new Initializer(reception);
    }

    @ChannelHandler.Sharable
    private final class Initializer extends ChannelInitializer<Channel> {

        private final Reception<S> reception;

        Initializer(Reception<S> reception) {
            this.reception = reception;
        }

        @Override
        protected void initChannel(Channel channel) {
            // null when the peer has gone before we could ask who it was
            if (!(channel.remoteAddress() instanceof @Nullable InetSocketAddress remote) || remote == null) {
                channel.close();
                return;
            }
            InetAddress source = remote.getAddress();
            if (!guard.allowed(source)) {
                refuse(channel, "Too many failed logins, try again later.");
                return;
            }
            Optional<ConnectionGate.Slot> slot = gate.enter(source);
            if (slot.isEmpty()) {
                refuse(channel, "Too many connections, try again later.");
                return;
            }
            try {
                begin(channel, slot.get());
            } catch (RuntimeException | Error e) {
                LOG.warn("No session for {}", remote, e);
                slot.get().close();
                channel.close();
            }
        }

        private void begin(Channel channel, ConnectionGate.Slot slot) {
            S session = reception.create(channel, ids.next(), slot);
            if (sessions.add(session)) {
                reception.begin(session);
            } else {
                slot.close();
                refuse(channel, "The server is stopping.");
            }
        }

        private void refuse(Channel channel, String text) {
            LOG.debug("{} refused: {}", channel.remoteAddress(), text);
            reception.refuse(channel, text);
        }
    }
}
