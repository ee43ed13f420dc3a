package io.portolan.ftps.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;

/**
 * Stands before BoringSSL. When that finds fault with what the peer has sent, it tells the peer, and us only when it is next asked to write (Netty 4.2.18). On a connection on which we have nothing to write the peer would
 * be waited for until a time-out; so it is asked as soon as it has told anything that can be an alert.
 */
final class FailureWatch extends ChannelOutboundHandlerAdapter {

    private static final int RECORD_HEADER = 5;

    /** The content type of alerts (RFC 8446 §5.1), which TLS 1.2 shows. */
    private static final int ALERT = 21;

    /** The content type of whatever TLS 1.3 encrypts. */
    private static final int APPLICATION_DATA = 23;

    /** An alert's level and description, its content type, and the tag of each cipher suite of TLS 1.3 that we use; two octets of data look the same. */
    private static final int ENCRYPTED_ALERT = 2 + 1 + 16;

    private final SslHandler tls;

    FailureWatch(SslHandler tls) {
        this.tls = tls;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        boolean alert = tls.handshakeFuture().isSuccess() && endsWithAlert((ByteBuf) message);
        ctx.write(message, promise);
        if (alert) {
            // not from within TLS, which is writing
            ctx.executor().execute(() -> ask(ctx));
        }
    }

    /** What TLS says by itself it may say at once, such as tickets and an alert behind them. */
    private static boolean endsWithAlert(ByteBuf records) {
        int at = records.readerIndex();
        int type = 0;
        int length = 0;
        while (records.writerIndex() - at >= RECORD_HEADER) {
            type = records.getUnsignedByte(at);
            length = records.getUnsignedShort(at + 3);
            at += RECORD_HEADER + length;
        }
        return type == ALERT || type == APPLICATION_DATA && length == ENCRYPTED_ALERT;
    }

    private void ask(ChannelHandlerContext ctx) {
        ChannelHandlerContext there = ctx.pipeline().context(tls);
        if (there == null || !ctx.channel().isOpen()) {
            return;
        }
        try {
            tls.flush(there);
        } catch (Exception failure) {
            there.fireExceptionCaught(failure);
        }
    }
}
