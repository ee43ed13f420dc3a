package io.portolan.ftp.server.internal.port;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/** Stands first on a connection that was listened to in a {@link Lobby}, and tells what was said there once somebody reads, and before anything that comes later. Then it leaves. */
final class SaidBefore extends ChannelDuplexHandler {

    private final byte[] said;

    /** What has come on the pool's loop since, and what has happened: buffers and events. */
    private final Queue<Object> sinceThen = new ArrayDeque<>();

    private boolean moved;
    private boolean asked;
    private boolean told;

    SaidBefore(byte[] said) {
        this.said = said;
    }

    /** From now on the connection is its session's. */
    void moved() {
        moved = true;
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
        if (told) {
            return;
        }
        told = true;
        ctx.fireChannelRead(Unpooled.wrappedBuffer(said));
        ctx.fireChannelReadComplete();
        for (Object next = sinceThen.poll(); next != null; next = sinceThen.poll()) {
            if (next instanceof ByteBuf) {
                ctx.fireChannelRead(next);
                ctx.fireChannelReadComplete();
            } else {
                ctx.fireUserEventTriggered(next);
            }
        }
    }

    /** Epoll hears of the peer's end, and reads to it, though nobody has asked. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (moved) {
            tell(ctx);
            ctx.fireChannelRead(message);
        } else {
            sinceThen.add(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (moved) {
            tell(ctx);
            ctx.fireUserEventTriggered(event);
        } else {
            sinceThen.add(event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (moved) {
            tell(ctx);
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        sinceThen.forEach(ReferenceCountUtil::release);
        sinceThen.clear();
    }
}
