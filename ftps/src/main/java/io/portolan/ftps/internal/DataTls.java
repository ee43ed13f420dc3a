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
import java.util.Objects;
import javax.net.ssl.SSLException;
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
    private final Check check;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Promise<Void> accepted;

    /** The peer has told its end. */
    private boolean ended;

    /** The connection is of no use any more, and the handlers behind know. */
    private boolean failed;

    /**
     * Makes the handler of one connection.
     *
     * @param held what keeps our records back while the peer sends data, or null if we send it
     */
    DataTls(SslHandler tls, @Nullable HeldRecords held, Check check) {
        this.tls = tls;
        this.held = held;
        this.incoming = held != null;
        this.check = check;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        accepted = ctx.executor().newPromise();
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

    private static SSLException truncated() {
        return new SSLException("the connection ended without close_notify");
    }

    private void fail(ChannelHandlerContext ctx, Throwable cause) {
        if (failed) {
            return;
        }
        failed = true;
        Throwable told = cause;
        if (!promise().isSuccess() && !(cause instanceof DataProtectionException)) {
            told = new DataProtectionException("TLS could not be negotiated on the data connection.");
            told.initCause(cause);
        }
        promise().tryFailure(told);
        ctx.fireExceptionCaught(told);
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
