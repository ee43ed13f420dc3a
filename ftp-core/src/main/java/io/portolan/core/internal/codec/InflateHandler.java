package io.portolan.core.internal.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * MODE Z on a data channel that receives. Gives away {@link #CHUNK} octets at a time and no more than what is asked for: while auto-read is off, what is left
 * waits here, compressed, for the next {@code read()}.
 *
 * <p>A stream without its end, something that is no zlib stream, and a bomb fire a {@link DecompressionException}, always before the end of the input
 * is told; nothing is passed on after it.
 */
public final class InflateHandler extends ChannelDuplexHandler {

    /** Octets of one message: the size of the buffers that uploads are written to storage with. */
    static final int CHUNK = 64 * 1024;

    /**
     * Messages given away unasked when the channel is gone. With half-closure (which uploads need anyhow) the peer's end comes before that and nothing is
     * left by then; without it a burst must not be a bomb.
     */
    static final int MAX_LAST_CHUNKS = 256;

    private final InflateDecoder decoder;
    private final Queue<ByteBuf> pending = new ArrayDeque<>();
    private boolean wanted;
    private boolean draining;
    private boolean firedSinceRead;
    private boolean failed;
    /** The decoder filled its last chunk: more may come without further input. */
    private boolean mayHaveMore;
    /** The peer has ended, and everybody was told: there is nothing to be read any more. */
    private boolean ended;

    /** The peer has ended, what it sent has not been given away yet. */
    private @Nullable Object heldEnd;

    /**
     * Makes a handler.
     *
     * @param maxRatio octets out per octet in
     * @param maxTotal octets out in all
     */
    public InflateHandler(int maxRatio, long maxTotal) {
        decoder = new InflateDecoder(maxRatio, maxTotal);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf in)) {
            ctx.fireChannelRead(message);
            return;
        }
        if (failed) {
            in.release();
            return;
        }
        pending.add(in);
        drain(ctx, 0);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        boolean fired = firedSinceRead;
        firedSinceRead = false;
        if (fired) {
            ctx.fireChannelReadComplete();
        } else if (wanted && !failed) {
            // What came was not enough for a single octet.
            ctx.read();
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        wanted = true;
        if (draining) {
            return;
        }
        if (!hasInput()) {
            ctx.read();
            return;
        }
        drain(ctx, 0);
        boolean fired = firedSinceRead;
        firedSinceRead = false;
        if (fired) {
            ctx.fireChannelReadComplete();
        }
        // With auto-read on it was turned on just now: that asks once, and only the end of a read from the socket asks
        // again.
        if (!hasInput() && !ended && !failed && (wanted || isAutoRead(ctx))) {
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            heldEnd = event;
            drain(ctx, 0);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    /** The pipeline is taken down right after this, so what is left has to be given away whether it is asked for or not. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended = true;
        drain(ctx, MAX_LAST_CHUNKS);
        checkWhole(ctx);
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        failed = true;
        mayHaveMore = false;
        releasePending();
        decoder.close();
    }

    private void drain(ChannelHandlerContext ctx, int unasked) {
        if (draining) {
            return;
        }
        draining = true;
        try {
            int left = unasked;
            while (hasInput() && (wanted || isAutoRead(ctx) || left-- > 0)) {
                chunk(ctx);
            }
        } finally {
            draining = false;
        }
        Object end = heldEnd;
        if (end != null && !hasInput()) {
            heldEnd = null;
            ended = true;
            checkWhole(ctx);
            ctx.fireUserEventTriggered(end);
        }
    }

    private boolean hasInput() {
        return !failed && (!pending.isEmpty() || mayHaveMore);
    }

    private static boolean isAutoRead(ChannelHandlerContext ctx) {
        return ctx.channel().config().isAutoRead();
    }

    private void chunk(ChannelHandlerContext ctx) {
        ByteBuf in = pending.isEmpty() ? Unpooled.EMPTY_BUFFER : pending.element();
        ByteBuf out = ctx.alloc().buffer(CHUNK, CHUNK);
        try {
            mayHaveMore = decoder.decode(in, out);
        } catch (DecompressionException e) {
            out.release();
            fail(ctx, e);
            return;
        }
        if (!in.isReadable() && !pending.isEmpty()) {
            pending.remove().release();
        }
        if (out.isReadable()) {
            wanted = false;
            firedSinceRead = true;
            ctx.fireChannelRead(out);
        } else {
            out.release();
        }
    }

    private void checkWhole(ChannelHandlerContext ctx) {
        if (!failed && !decoder.isFinished()) {
            fail(ctx, new DecompressionException("the compressed data end too early"));
        }
    }

    private void fail(ChannelHandlerContext ctx, DecompressionException cause) {
        failed = true;
        mayHaveMore = false;
        releasePending();
        ctx.fireExceptionCaught(cause);
    }

    private void releasePending() {
        ByteBuf in = pending.poll();
        while (in != null) {
            in.release();
            in = pending.poll();
        }
    }
}
