package io.portolan.sftp.server.internal.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/** Counts what goes into the socket, to see whether the peer takes it out on the other side. On the event loop only. */
final class WireMeter extends ChannelOutboundHandlerAdapter {

    private long written;

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf octets) {
            written += octets.readableBytes();
        }
        ctx.write(message, promise);
    }

    /** Octets that the socket has not taken yet, with some for the bookkeeping. */
    static long pending(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** A number that changes when the socket takes something. */
    long taken(Channel channel) {
        return written - pending(channel);
    }
}
