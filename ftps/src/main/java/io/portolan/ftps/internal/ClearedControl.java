package io.portolan.ftps.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;

/**
 * Stands before TLS on a control connection that goes back into the clear (RFC 4217 §12.2), until the client's close_notify has come. Some clients never send it, and begin to speak in the clear at once.
 */
final class ClearedControl extends ChannelInboundHandlerAdapter {

    private static final int FIRST_RECORD_TYPE = 20;
    private static final int LAST_RECORD_TYPE = 24;

    private final Runnable cleared;

    /**
     * Makes the handler.
     *
     * @param cleared takes TLS and this handler out of the pipeline
     */
    ClearedControl(Runnable cleared) {
        this.cleared = cleared;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf octets = (ByteBuf) message;
        int first = octets.isReadable() ? octets.getUnsignedByte(octets.readerIndex()) : FIRST_RECORD_TYPE;
        if (first >= FIRST_RECORD_TYPE && first <= LAST_RECORD_TYPE) {
            ctx.fireChannelRead(message);
            return;
        }
        ChannelPipeline pipeline = ctx.pipeline();
        cleared.run();
        pipeline.fireChannelRead(message);
    }
}
