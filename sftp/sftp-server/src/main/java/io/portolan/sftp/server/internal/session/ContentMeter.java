package io.portolan.sftp.server.internal.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.portolan.ssh.internal.wire.SshMessageNumber;

/**
 * Counts the messages that carry something of a channel, to see whether a session is idle. Keep-alives, window adjustments and whatever else a connection has
 * to say of itself do not count. On the event loop only.
 */
final class ContentMeter extends ChannelDuplexHandler {

    private long received;
    private long sent;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (isContent(message)) {
            received++;
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (isContent(message)) {
            sent++;
        }
        ctx.write(message, promise);
    }

    private static boolean isContent(Object message) {
        return message instanceof ByteBuf payload
                && payload.isReadable()
                && payload.getUnsignedByte(payload.readerIndex()) == SshMessageNumber.CHANNEL_DATA.number();
    }

    /** A number that grows with each message of a channel, either way. */
    long messages() {
        return received + sent;
    }

    /** A number that grows with each message of a channel that we send. */
    long sent() {
        return sent;
    }
}
