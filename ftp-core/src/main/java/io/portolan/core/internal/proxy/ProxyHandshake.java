package io.portolan.core.internal.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has a proxy connect to a server, and leaves. What has come behind the proxy's last answer is the server's: it is kept until somebody reads. */
public abstract class ProxyHandshake extends ChannelDuplexHandler {

    private final Proxy proxy;
    private final CompletableFuture<Channel> connected = new CompletableFuture<>();
    private int wanted;
    private @Nullable ByteBuf received;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> timer;

    ProxyHandshake(Proxy proxy) {
        this.proxy = proxy;
    }

    /** The handshake of a kind of proxy. */
    public static ProxyHandshake of(Proxy proxy, String host, int port) {
        return switch (proxy.kind()) {
            case SOCKS4 -> new Socks4Handshake(proxy, host, port);
            case SOCKS5 -> new Socks5Handshake(proxy, host, port);
            case HTTP_CONNECT -> new HttpConnectHandshake(proxy, host, port);
        };
    }

    /** Begins on a connection to the proxy that does not read; fails with a {@link ProxyException}. */
    public final CompletableFuture<Channel> on(Channel channel, long patienceMillis) {
        channel.pipeline().addLast("proxy", this);
        timer = channel.eventLoop()
                .schedule(
                        () -> fail("does not answer within " + patienceMillis + " ms", true),
                        patienceMillis,
                        TimeUnit.MILLISECONDS);
        connected.whenComplete((ready, failure) -> {
            if (timer != null) {
                timer.cancel(false);
            }
            if (failure != null) {
                channel.close();
            }
        });
        begin();
        channel.read();
        return connected;
    }

    /** Says the first thing. */
    abstract void begin();

    /** As many octets have come as were asked for last. */
    abstract void answered(byte[] octets);

    final void say(byte[] octets) {
        if (context != null) {
            context.writeAndFlush(Unpooled.wrappedBuffer(octets));
        }
    }

    final void await(int octets) {
        wanted = octets;
    }

    final void succeed() {
        ChannelHandlerContext ctx = context;
        if (ctx == null || connected.isDone()) {
            return;
        }
        if (received == null || !received.isReadable()) {
            ctx.pipeline().remove(this);
        }
        connected.complete(ctx.channel());
    }

    final void fail(String what) {
        fail(what, false);
    }

    private void fail(String what, boolean late) {
        String message = "the proxy " + proxy.host() + ":" + proxy.port() + " " + what;
        connected.completeExceptionally(new ProxyException(message, late));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ByteBuf rest = received;
        received = null;
        if (rest != null) {
            rest.release();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        CompositeByteBuf all = ctx.alloc().compositeBuffer();
        if (received != null) {
            all.addComponent(true, received);
        }
        received = all.addComponent(true, (ByteBuf) message);
        while (!connected.isDone() && all.readableBytes() >= wanted) {
            byte[] octets = new byte[wanted];
            all.readBytes(octets);
            answered(octets);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!connected.isDone()) {
            ctx.read();
        }
    }

    /** Whoever comes next gets first what is here, by the way of all that comes: what stands in front by now, such as TLS, must not be passed by. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        ByteBuf rest = received;
        if (connected.isDone() && rest != null && rest.isReadable()) {
            received = null;
            ChannelPipeline pipeline = ctx.pipeline();
            pipeline.remove(this);
            pipeline.fireChannelRead(rest);
            pipeline.fireChannelReadComplete();
        }
        ctx.read();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail("has closed the connection");
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail("cannot be talked to: " + cause.getMessage());
        ctx.fireExceptionCaught(cause);
    }
}
