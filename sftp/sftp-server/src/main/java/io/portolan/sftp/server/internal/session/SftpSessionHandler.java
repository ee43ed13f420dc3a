package io.portolan.sftp.server.internal.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.portolan.ssh.internal.transport.PeerDisconnected;
import io.portolan.ssh.internal.transport.TransportFailed;
import io.portolan.ssh.internal.transport.TransportReady;
import io.portolan.ssh.internal.version.VersionsExchanged;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;

/** The last handler: tells the session what the others find. */
final class SftpSessionHandler extends ChannelInboundHandlerAdapter {

    private final SftpSession session;

    SftpSessionHandler(SftpSession session) {
        this.session = session;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof VersionsExchanged versions) {
            session.identified(versions.remote());
        } else if (event instanceof TransportReady) {
            session.transportReady();
        } else if (event instanceof PeerDisconnected goodbye) {
            session.over(
                    goodbye.reason() == DisconnectReason.BY_APPLICATION.code()
                            ? "said goodbye"
                            : "said goodbye: " + goodbye.description());
        } else if (event instanceof TransportFailed failed) {
            failed(failed.cause());
        }
    }

    private void failed(Throwable cause) {
        if (cause instanceof SshProtocolException || cause instanceof IOException) {
            // whoever can connect can make us come here
            SessionLog.debug(session.view(), "the connection ends", cause);
        } else {
            SessionLog.warn(session.view(), "the connection ends by a fault of ours", cause);
        }
        session.over(String.valueOf(cause.getMessage()));
    }

    /** What nobody wanted; there is none while each phase has its handler. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        SessionLog.warn(session.view(), "the connection ends by a fault of ours", cause);
        session.end("Internal error");
    }
}
