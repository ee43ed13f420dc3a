package io.portolan.ftp.server.internal.port;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;

/** Stands first on a connection that was listened to in a {@link Lobby}, and tells what was said there once somebody reads, and before anything that comes later. Then it leaves. */
final class SaidBefore extends ChannelDuplexHandler {

    private final byte[] said;
    private boolean asked;
    private boolean told;

    SaidBefore(byte[] said) {
        this.said = said;
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (asked) {
            ctx.read();
            return;
        }
        asked = true;
        // not from within those that read, who may not be done with what they are at
        ctx.executor().execute(() -> {
            tell(ctx);
            ctx.read();
            if (!ctx.isRemoved()) {
                ctx.pipeline().remove(this);
            }
        });
    }

    private void tell(ChannelHandlerContext ctx) {
        asked = true;
        if (!told) {
            told = true;
            ctx.fireChannelRead(Unpooled.wrappedBuffer(said));
            ctx.fireChannelReadComplete();
        }
    }

    /** Epoll hears of the peer's end, and reads to it, though nobody has asked. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        tell(ctx);
        ctx.fireChannelRead(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        tell(ctx);
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        tell(ctx);
        ctx.fireChannelInactive();
    }
}
