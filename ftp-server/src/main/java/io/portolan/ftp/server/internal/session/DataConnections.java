package io.portolan.ftp.server.internal.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;
import io.portolan.core.internal.security.DataClaim;
import io.portolan.core.internal.security.SessionSecurity;
import io.portolan.ftp.security.ProtectionLevel;
import io.portolan.ftp.server.internal.port.LeaseRequest;
import io.portolan.ftp.server.internal.port.PortLease;
import io.portolan.ftp.server.internal.transfer.DataConnector;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a session's next data connection will come from, and the port that is leased for it. Event loop only. */
public final class DataConnections {

    /** Prepares each data connection, before it is registered. */
    private static final ChannelHandler SETUP = new ChannelSetup();

    private static final DataState NONE = new DataState.None();

    private final FtpSession session;
    private DataState state = NONE;
    private @Nullable Future<PortLease> leasing;

    DataConnections(FtpSession session) {
        this.session = session;
    }

    DataState state() {
        return state;
    }

    /** What is told of a port that was asked for. */
    @FunctionalInterface
    public interface Leased {

        /**
         * Exactly one of both is null.
         *
         * @param lease the port, which belongs to the session already
         * @param failure why there is none
         */
        void done(@Nullable PortLease lease, @Nullable Throwable failure);
    }

    /** Leases a port for the next transfer; what was agreed upon before is void. */
    public void listen(Leased told) {
        forget();
        Future<PortLease> asked = session.server()
                .passivePorts()
                .lease(new LeaseRequest(
                        session.info().remoteAddress().getAddress(),
                        session.info().localAddress().getAddress(),
                        session.loop(),
                        session.info().id(),
                        SETUP,
                        claim()));
        leasing = asked;
        asked.addListener((Future<PortLease> future) -> {
            if (leasing != asked) {
                // the session has gone, or has asked for something else; a lease that came all the same goes back
                if (future.isSuccess()) {
                    future.getNow().close();
                }
                return;
            }
            leasing = null;
            if (future.isSuccess()) {
                state = new DataState.Passive(future.getNow());
                told.done(future.getNow(), null);
            } else {
                told.done(null, future.cause());
            }
        });
    }

    /** What tells this session's data connections from others of its address, if they are to be protected. */
    private @Nullable DataClaim claim() {
        SessionSecurity protection = session.security().session();
        return protection == null || session.security().dataLevel() != ProtectionLevel.PRIVATE
                ? null
                : protection.dataClaim().orElse(null);
    }

    /** The next transfer connects to the client. */
    public void connectTo(InetSocketAddress peer) {
        forget();
        state = new DataState.Active(peer);
    }

    /** Gives back whatever is held for a transfer that has not begun. */
    public void forget() {
        Future<PortLease> asked = leasing;
        leasing = null;
        if (asked != null) {
            asked.cancel(false);
        }
        if (state instanceof DataState.Passive passive) {
            passive.lease().close();
        }
        state = NONE;
    }

    /**
     * Hands what was agreed upon to a transfer: it serves for one.
     *
     * @throws IllegalStateException if nothing was; commands that need it say so in the table
     */
    DataConnector take() {
        DataState taken = state;
        state = NONE;
        if (taken instanceof DataState.Passive passive) {
            return new PassiveConnector(passive.lease());
        }
        if (taken instanceof DataState.Active active) {
            return new ActiveConnection(session, active.peer());
        }
        throw new IllegalStateException("no data connection has been agreed upon");
    }

    private static final class PassiveConnector implements DataConnector {
        private final PortLease lease;

        PassiveConnector(PortLease lease) {
            this.lease = lease;
        }

        @Override
        public Future<Channel> open() {
            return lease.accept();
        }

        @Override
        public void confirmed() {
            lease.confirm();
        }

        @Override
        public Optional<Future<Channel>> next() {
            return lease.acceptNext();
        }

        @Override
        public void close() {
            lease.close();
        }
    }

    private static final class ActiveConnection implements DataConnector {
        private final FtpSession session;
        private final InetSocketAddress peer;
        private @Nullable Future<Channel> connecting;

        ActiveConnection(FtpSession session, InetSocketAddress peer) {
            this.session = session;
            this.peer = peer;
        }

        @Override
        public Future<Channel> open() {
            Future<Channel> begun = session.server()
                    .activeConnector()
                    .connect(session.info().localAddress().getAddress(), peer, session.loop(), SETUP);
            connecting = begun;
            return begun;
        }

        @Override
        public void close() {
            if (connecting != null) {
                connecting.cancel(false);
            }
        }
    }

    @ChannelHandler.Sharable
    private static final class ChannelSetup extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {
            channel.config().setOption(ChannelOption.AUTO_READ, false);
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        }
    }
}
