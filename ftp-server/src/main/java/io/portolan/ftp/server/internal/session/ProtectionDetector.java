package io.portolan.ftp.server.internal.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a connection is protected from the start: then the client speaks first, otherwise it waits for the greeting. The handlers behind hear of the
 * connection when that is known.
 */
final class ProtectionDetector extends ChannelInboundHandlerAdapter {

    /** How long the client may take to speak first: a round trip to the far side of the world and back, which clients in the clear wait longer for the greeting. */
    static final Duration PATIENCE = Duration.ofMillis(500);

    private final IntPredicate isProtected;
    private final Runnable protect;
    private @Nullable ScheduledFuture<?> timer;

    ProtectionDetector(IntPredicate isProtected, Runnable protect) {
        this.isProtected = isProtected;
        this.protect = protect;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> decided(ctx, false), PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf octets = (ByteBuf) message;
        ChannelPipeline pipeline = ctx.pipeline();
        decided(ctx, octets.isReadable() && isProtected.test(octets.getUnsignedByte(octets.readerIndex())));
        pipeline.fireChannelRead(message);
    }

    private void decided(ChannelHandlerContext ctx, boolean fromStart) {
        if (timer == null) {
            return;
        }
        timer.cancel(false);
        timer = null;
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.remove(this);
        if (fromStart) {
            protect.run();
        }
        // from the first handler on, which may now be another
        pipeline.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ChannelPipeline pipeline = ctx.pipeline();
        decided(ctx, false);
        pipeline.fireChannelInactive();
    }
}
