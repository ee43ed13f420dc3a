package io.portolan.ftps.internal;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.function.BooleanSupplier;

/** The handlers of TLS in the pipeline of a control connection: first what watches over it, then TLS itself. Event loop only. */
final class ControlHandlers {

    private static final String CLEARED = "tls-cleared";
    private static final String UNREAD = "tls-unread";
    private static final String FAILURE = "tls-failure";
    private static final String TLS = "tls";
    private static final String TOLD = "tls-told";

    private ControlHandlers() {}

    /** Whether there is TLS already. */
    static boolean areIn(ChannelPipeline pipeline) {
        return pipeline.context(TLS) != null;
    }

    /** Closes what is protected without waiting for the peer's word that it ends. */
    static void cut(ChannelPipeline pipeline) {
        pipeline.context(TLS).close();
    }

    /** Puts them first. */
    static void add(ChannelPipeline pipeline, SslHandler handler) {
        pipeline.addFirst(TLS, handler);
        pipeline.addFirst(FAILURE, new FailureWatch(handler));
        pipeline.addFirst(UNREAD, new UnreadLimit());
    }

    /** Puts them first, and behind them one that hears of what TLS says. */
    static void add(ChannelPipeline pipeline, SslHandler handler, ChannelHandler told) {
        pipeline.addFirst(TOLD, told);
        add(pipeline, handler);
    }

    /**
     * Ends TLS, and takes the handlers out when the peer has ended it as well.
     *
     * @return completes when what follows is in the clear
     */
    static Future<Void> clear(ChannelPipeline pipeline, SslHandler handler) {
        Promise<Void> cleared = pipeline.channel().eventLoop().newPromise();
        Runnable leave = () -> {
            // a handler that leaves takes its close_notify for lost
            cleared.trySuccess(null);
            if (pipeline.context(handler) != null) {
                pipeline.remove(CLEARED);
                pipeline.remove(UNREAD);
                pipeline.remove(FAILURE);
                pipeline.remove(handler);
                if (pipeline.context(TOLD) != null) {
                    pipeline.remove(TOLD);
                }
            }
        };
        BooleanSupplier ended = handler.engine()::isInboundDone;
        pipeline.addFirst(CLEARED, new ClearedControl(ended, leave));
        handler.closeOutbound().addListener(closed -> fail(cleared, closed));
        handler.sslCloseFuture().addListener(closed -> {
            if (!closed.isSuccess()) {
                fail(cleared, closed);
            } else if (ended.getAsBoolean()) {
                leave.run();
            }
        });
        return cleared;
    }

    private static void fail(Promise<Void> cleared, Future<?> step) {
        if (!step.isSuccess()) {
            cleared.tryFailure(step.cause());
        }
    }
}
