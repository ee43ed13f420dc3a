package io.portolan.ftp.server.internal.transfer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;

/** Watches the peer while we send: what it says is thrown away, and its going away ends the transfer. */
abstract class OutgoingPump extends ChannelInboundHandlerAdapter implements Pump {

    private final Listener listener;
    private boolean stopped;
    private boolean heard;

    OutgoingPump(Listener listener) {
        this.listener = listener;
    }

    final Listener listener() {
        return listener;
    }

    final boolean isStopped() {
        return stopped;
    }

    @Override
    public void stop() {
        stopped = true;
    }

    /** Whether the peer has sent anything on this connection, on which only we have something to say. */
    final boolean hasHeard() {
        return heard;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        heard = true;
        ReferenceCountUtil.release(message);
    }

    /** The peer has ended its side: it may still read ours, but once all is sent there is nothing left to wait for. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (stopped && event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!stopped) {
            listener.connectionFailed(new IOException("the peer closed the data connection"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!stopped) {
            listener.connectionFailed(cause);
        }
    }
}
