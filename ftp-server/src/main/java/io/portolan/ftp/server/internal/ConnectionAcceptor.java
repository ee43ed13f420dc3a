package io.portolan.ftp.server.internal;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.portolan.core.internal.session.SessionIds;
import io.portolan.core.internal.session.SessionRegistry;
import io.portolan.ftp.server.ControlProtection;
import io.portolan.ftp.server.internal.session.FtpSession;
import io.portolan.ftp.server.internal.session.ServerContext;
import io.portolan.ftp.server.internal.session.SessionView;
import io.portolan.guard.ConnectionGate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a session of each connection that is let in, and sends the others away. */
@ChannelHandler.Sharable
final class ConnectionAcceptor extends ChannelInitializer<Channel> {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionAcceptor.class);

    private final ServerContext server;
    private final ConnectionGate gate;
    private final SessionIds ids;
    private final SessionRegistry<SessionView> sessions;
    private final ControlProtection protection;

    ConnectionAcceptor(
            ServerContext server,
            ConnectionGate gate,
            SessionIds ids,
            SessionRegistry<SessionView> sessions,
            ControlProtection protection) {
        this.server = server;
        this.gate = gate;
        this.ids = ids;
        this.sessions = sessions;
        this.protection = protection;
    }

    @Override
    protected void initChannel(Channel control) {
        // null when the peer has gone before we could ask who it was
        if (!(control.remoteAddress() instanceof @Nullable InetSocketAddress remote) || remote == null) {
            control.close();
            return;
        }
        InetAddress source = remote.getAddress();
        if (!server.config().loginGuard().allowed(source)) {
            refuse(control, "Too many failed logins, try again later.");
            return;
        }
        Optional<ConnectionGate.Slot> slot = gate.enter(source);
        if (slot.isEmpty()) {
            refuse(control, "Too many connections, try again later.");
            return;
        }
        try {
            begin(control, slot.get());
        } catch (RuntimeException | Error e) {
            LOG.warn("No session for {}", remote, e);
            slot.get().close();
            control.close();
        }
    }

    private void begin(Channel control, ConnectionGate.Slot slot) {
        FtpSession[] holder = new FtpSession[1];
        FtpSession session = new FtpSession(server, control, ids.next(), slot, () -> sessions.remove(holder[0].view()));
        holder[0] = session;
        if (!sessions.add(session.view())) {
            slot.close();
            refuse(control, "The server is stopping.");
            return;
        }
        session.install(protection);
    }

    private void refuse(Channel control, String text) {
        // no more than that: whoever is refused may come again a thousand times a second
        LOG.debug("{} refused: {}", control.remoteAddress(), text);
        if (protection == ControlProtection.IMPLICIT) {
            // nothing is said in the clear there, and a handshake is more than who is refused may cost
            control.close();
            return;
        }
        control.writeAndFlush(Unpooled.wrappedBuffer(
                        ("421 " + text + "\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
