package io.portolan.ftps.internal;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.portolan.core.internal.security.DataProtectionException;
import io.portolan.core.internal.security.DataProtectionHandler;
import io.portolan.core.internal.security.TruncatedDataException;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches TLS on a data connection. Nothing passes before the connection has shown that it is the right client's; and only close_notify is an end (RFC 8446 §6.1), since whoever
 * is on the way can close a TCP connection.
 */
final class DataTls extends DataProtectionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(DataTls.class);

    /** Tells whether a connection, whose handshake is done, is to be let in. */
    @FunctionalInterface
    interface Check {
        void check(SslHandler data) throws DataProtectionException;
    }

    private final SslHandler tls;
    private final @Nullable HeldRecords held;
    private final boolean incoming;
    private final Runnable begun;
    private final Check check;
    private final Function<Throwable, IOException> refusal;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Promise<Void> accepted;
    private Runnable whenAccepted = () -> {};

    /** The peer has told its end. */
    private boolean ended;

    /** The connection is of no use any more, and the handlers behind know. */
    private boolean failed;

    private DataTls(
            SslHandler tls,
            boolean incoming,
            @Nullable HeldRecords held,
            Runnable begun,
            Check check,
            Function<Throwable, IOException> refusal) {
        this.tls = tls;
        this.incoming = incoming;
        this.held = held;
        this.begun = begun;
        this.check = check;
        this.refusal = refusal;
    }

    /**
     * Makes the handler of one connection of a server's.
     *
     * @param held what keeps our records back while the client sends data, or null if we send it
     */
    static DataTls ofServer(SslHandler tls, @Nullable HeldRecords held, Check check) {
        return new DataTls(tls, held != null, held, () -> {}, check, DataTls::refused);
    }

    /**
     * Makes the handler of one connection of a client's.
     *
     * @param incoming whether the server sends the data
     * @param begun called when our hello has been said
     * @param shaken called when the handshake is done
     * @param refusal says why it could not be
     */
    static DataTls ofClient(
            SslHandler tls,
            boolean incoming,
            Runnable begun,
            Runnable shaken,
            Function<Throwable, IOException> refusal) {
        return new DataTls(tls, incoming, null, begun, done -> shaken.run(), refusal);
    }

    private static IOException refused(Throwable cause) {
        DataProtectionException told =
                new DataProtectionException("TLS could not be negotiated on the data connection.");
        told.initCause(cause);
        return told;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        accepted = ctx.executor().newPromise();
        if (ctx.channel().isActive()) {
            begun.run();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            handshakeDone(ctx, handshake);
        } else if (event instanceof SslCloseCompletionEvent close) {
            if (close.isSuccess()) {
                end(ctx);
            }
        } else if (event instanceof ChannelInputShutdownEvent) {
            inputShutdown(ctx);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    private void handshakeDone(ChannelHandlerContext ctx, SslHandshakeCompletionEvent handshake) {
        if (!handshake.isSuccess()) {
            fail(ctx, handshake.cause());
            return;
        }
        try {
            check.check(tls);
            promise().trySuccess(null);
            whenAccepted.run();
        } catch (DataProtectionException e) {
            fail(ctx, e);
            cut();
        }
    }

    private void end(ChannelHandlerContext ctx) {
        if (!ended && !failed) {
            ended = true;
            letGo();
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    private void inputShutdown(ChannelHandlerContext ctx) {
        if (failed || ended && incoming) {
            return;
        }
        if (!ended && (incoming || !promise().isSuccess())) {
            fail(ctx, truncated());
        } else {
            // it has nothing to say, and may still read; or it has told us before, and now has read what we said
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    private static IOException truncated() {
        return new TruncatedDataException(
                "The data connection ended without TLS's close_notify, so that there may have been more.");
    }

    private void fail(ChannelHandlerContext ctx, Throwable cause) {
        if (failed) {
            return;
        }
        failed = true;
        Throwable told = cause;
        if (!promise().isSuccess() && !(cause instanceof DataProtectionException)) {
            told = refusal.apply(cause);
        }
        promise().tryFailure(told);
        ctx.fireExceptionCaught(told);
    }

    /** TLS, which stands before, has begun its handshake with it. */
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        begun.run();
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (failed || ended) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (ended && incoming) {
            // all has come: what becomes of the connection does not matter any more
            LOG.debug("{} failed behind its end", ctx.channel(), cause);
        } else {
            fail(ctx, cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!ended && (incoming || !promise().isSuccess())) {
            fail(ctx, truncated());
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        letGo();
        ctx.close(promise);
    }

    private void letGo() {
        if (held != null) {
            held.release();
        }
    }

    /** Not by the promise: if that is asked to tell within too many others' telling, it does so later. */
    @Override
    public void whenAccepted(Runnable told) {
        if (promise().isSuccess()) {
            told.run();
        } else {
            whenAccepted = told;
        }
    }

    @Override
    public Future<?> finish() {
        Promise<Void> finished = context().executor().newPromise();
        promise().addListener(done -> {
            if (done.isSuccess()) {
                tls.closeOutbound().addListener(closed -> {
                    if (closed.isSuccess()) {
                        finished.trySuccess(null);
                    } else {
                        finished.tryFailure(closed.cause());
                    }
                });
            } else {
                finished.tryFailure(done.cause());
            }
        });
        return finished;
    }

    /** Past the TLS handler, which would tell the peer an orderly end. */
    @Override
    public void cut() {
        ChannelHandlerContext before = context().pipeline().context(tls);
        (before == null ? context() : before).close();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context, "not in a pipeline");
    }

    private Promise<Void> promise() {
        return Objects.requireNonNull(accepted, "not in a pipeline");
    }
}
