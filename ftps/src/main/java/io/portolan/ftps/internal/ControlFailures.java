package io.portolan.ftps.internal;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLException;

/** Stands behind TLS on a client's control connection, and says in plain words what has become of it. Failures of the handshake are told by its future, and not once more here. */
final class ControlFailures extends ChannelInboundHandlerAdapter {

    private final SslHandler tls;
    private final HandshakeFailures failures;

    ControlFailures(SslHandler tls, HandshakeFailures failures) {
        this.tls = tls;
        this.failures = failures;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable first = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (!(first instanceof SSLException)) {
            ctx.fireExceptionCaught(cause);
        } else if (tls.handshakeFuture().isSuccess()) {
            ctx.fireExceptionCaught(failures.ofConnection(first));
        }
    }
}
