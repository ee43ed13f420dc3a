package io.portolan.core.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/** MODE Z on a data channel that sends. Whoever sends calls {@link #finish()} behind the last write. */
public final class DeflateHandler extends ChannelOutboundHandlerAdapter {

    private final DeflateEncoder encoder;
    private @Nullable ChannelHandlerContext context;

    /**
     * Makes a handler.
     *
     * @param level -1 to 9, as for {@link DeflateEncoder}
     */
    public DeflateHandler(int level) {
        encoder = new DeflateEncoder(level);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        context = null;
        encoder.close();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf in)) {
            ctx.write(message, promise);
            return;
        }
        ByteBuf out = ctx.alloc().buffer();
        try {
            encoder.encode(in, out);
        } finally {
            in.release();
        }
        // Even when the compressor gave nothing away yet: the promise is what drives the transfer.
        ctx.write(out, promise);
    }

    /**
     * Writes and flushes the stream's end.
     *
     * @return completes when it was written
     * @throws IllegalStateException if the handler is in no pipeline
     */
    public ChannelFuture finish() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        ByteBuf out = ctx.alloc().buffer();
        encoder.finish(out);
        return ctx.writeAndFlush(out);
    }
}
