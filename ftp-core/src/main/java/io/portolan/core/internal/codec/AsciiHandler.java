package io.portolan.core.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** TYPE A on a data channel: what is written becomes network ASCII, what is read becomes text with line feeds. */
public final class AsciiHandler extends ChannelDuplexHandler {

    private final AsciiEncoder encoder = new AsciiEncoder();
    private final AsciiDecoder decoder = new AsciiDecoder();

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ctx.write(message instanceof ByteBuf buffer ? encoder.encode(buffer, ctx.alloc()) : message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ctx.fireChannelRead(message instanceof ByteBuf buffer ? decoder.decode(buffer, ctx.alloc()) : message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            finish(ctx);
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        finish(ctx);
        ctx.fireChannelInactive();
    }

    private void finish(ChannelHandlerContext ctx) {
        if (decoder.finish()) {
            ctx.fireChannelRead(ctx.alloc().buffer(1).writeByte('\r'));
        }
    }
}
