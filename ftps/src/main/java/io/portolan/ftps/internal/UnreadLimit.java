package io.portolan.ftps.internal;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import javax.net.ssl.SSLException;

/**
 * Stands before TLS, and ends a connection whose peer makes it say more than the peer takes. With TLS 1.3 a peer can ask for new keys as often as it likes (RFC 8446 §4.6.3), and TLS answers each time: some twenty octets
 * of its make us keep hundreds, if it never reads. Replies and files do not get so far, as they wait for the peer by themselves.
 */
final class UnreadLimit extends ChannelOutboundHandlerAdapter {

    /**
     * How many writes may wait for the socket, which has room for a lot of its own. A download has some tens under way, and of the shortest replies not five hundred, where no further command is taken
     * (Netty's 64 KiB).
     */
    static final int LIMIT = 1024;

    private int waiting;
    private boolean ended;
    private final ChannelFutureListener written = done -> waiting--;

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        boolean tooMany = ++waiting > LIMIT && !ended;
        ctx.write(message, promise.unvoid().addListener(written));
        if (tooMany) {
            ended = true;
            // not from within TLS, which is writing
            ctx.executor().execute(() -> {
                ctx.fireExceptionCaught(new SSLException("the peer makes TLS say more than it reads"));
                ctx.close();
            });
        }
    }
}
