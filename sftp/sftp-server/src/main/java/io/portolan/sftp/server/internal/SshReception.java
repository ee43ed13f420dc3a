package io.portolan.sftp.server.internal;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.portolan.core.internal.server.Admission;
import io.portolan.core.internal.session.SessionRegistry;
import io.portolan.guard.ConnectionGate;
import io.portolan.sftp.server.internal.session.ServerContext;
import io.portolan.sftp.server.internal.session.SessionView;
import io.portolan.sftp.server.internal.session.SftpSession;
import java.nio.charset.StandardCharsets;

/** Makes sessions of the connections that come in. */
record SshReception(ServerContext server, SessionRegistry<SessionView> sessions)
        implements Admission.Reception<SessionView> {

    @Override
    public SessionView create(Channel channel, String id, ConnectionGate.Slot slot) {
        return new SftpSession(server, channel, id, slot, sessions::remove).view();
    }

    @Override
    public void begin(SessionView view) {
        view.session().install();
    }

    /** A line that is no identification (RFC 4253 section 4.2), which clients show; there is no cheaper way to tell why. */
    @Override
    public void refuse(Channel channel, String text) {
        channel.writeAndFlush(Unpooled.wrappedBuffer((text + "\r\n").getBytes(StandardCharsets.US_ASCII)))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
