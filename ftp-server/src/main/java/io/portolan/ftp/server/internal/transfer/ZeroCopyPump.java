package io.portolan.ftp.server.internal.transfer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.FileRegion;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** Hands a whole file to the kernel, which sends it by itself ({@code sendfile}). */
final class ZeroCopyPump extends ChannelInboundHandlerAdapter implements Pump {

    private final Channel channel;
    private final FileRegion region;
    private final Listener listener;
    private boolean stopped;
    private boolean sent;

    ZeroCopyPump(Channel channel, FileChannel file, long position, long length, Listener listener) {
        this.channel = channel;
        // the native transports look into the platform's own channel, so it cannot be wrapped; the region closes it,
        // early but harmlessly
        this.region = new DefaultFileRegion(file, position, length);
        this.listener = listener;
    }

    @Override
    public void start() {
        channel.config().setAutoRead(true);
        channel.writeAndFlush(region.retain()).addListener(future -> {
            if (stopped) {
                return;
            }
            sent = true;
            if (future.isSuccess()) {
                listener.pumped();
            } else {
                listener.connectionFailed(future.cause());
            }
        });
    }

    @Override
    public void stop() {
        stopped = true;
        region.release();
    }

    @Override
    public long bytes() {
        return region.transferred();
    }

    @Override
    public boolean waitsForPeer() {
        return !sent;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
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
