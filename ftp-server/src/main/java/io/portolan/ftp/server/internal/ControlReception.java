package io.portolan.ftp.server.internal;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.portolan.core.internal.server.Admission;
import io.portolan.core.internal.session.SessionRegistry;
import io.portolan.ftp.server.ControlProtection;
import io.portolan.ftp.server.internal.session.FtpSession;
import io.portolan.ftp.server.internal.session.ServerContext;
import io.portolan.ftp.server.internal.session.SessionView;
import io.portolan.guard.ConnectionGate;
import java.nio.charset.StandardCharsets;

/** Makes FTP sessions of the control connections to one port. */
record ControlReception(ServerContext server, SessionRegistry<SessionView> sessions, ControlProtection protection)
        implements Admission.Reception<SessionView> {

    @Override
    public SessionView create(Channel control, String id, ConnectionGate.Slot slot) {
        return new FtpSession(server, control, id, slot, sessions::remove).view();
    }

    @Override
    public void begin(SessionView view) {
        view.session().install(protection);
    }

    @Override
    public void refuse(Channel control, String text) {
        if (protection == ControlProtection.IMPLICIT) {
            // nothing is said in the clear there, and a handshake is more than who is refused may cost
            control.close();
            return;
        }
        control.writeAndFlush(Unpooled.wrappedBuffer(("421 " + text + "\r\n").getBytes(StandardCharsets.US_ASCII)))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
