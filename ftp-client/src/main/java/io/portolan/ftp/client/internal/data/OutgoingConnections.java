package io.portolan.ftp.client.internal.data;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.core.internal.proxy.Proxy;
import io.portolan.core.internal.proxy.ProxyException;
import io.portolan.core.internal.proxy.ProxyHandshake;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.ftp.client.FtpConnectionException;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpTimeoutException;
import io.portolan.ftp.client.internal.ClientSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;

/** Makes connections to the server, control and data. Event loop only. */
public final class OutgoingConnections {

    /** Reads of data connections: they begin with what many a file fits in, and grow to what makes a hop to a worker cheap. */
    private static final int MIN_READ = 2 * 1024;

    private static final int FIRST_READ = 16 * 1024;
    private static final int MAX_READ = 256 * 1024;
    private static final int READS_PER_TURN = 4;

    private final TransportRuntime transport;
    private final ClientSettings settings;
    private final int connectMillis;

    public OutgoingConnections(TransportRuntime transport, ClientSettings settings) {
        this.transport = transport;
        this.settings = settings;
        this.connectMillis = Math.toIntExact(settings.timeouts().connect().toMillis());
    }

    /** What they are made with. */
    public TransportRuntime transport() {
        return transport;
    }

    /** Whether the addresses of our own connections are a proxy's. */
    boolean isProxied() {
        return settings.proxy().isPresent();
    }

    /** Whose address is to be found out: the server's, or the proxy's. */
    public String firstHost() {
        return settings.proxy().map(Proxy::host).orElse(settings.host());
    }

    /**
     * Connects to where the server listens for commands.
     *
     * @param first an address of {@link #firstHost}
     * @return the connection, which does not read yet; cancelling it closes it
     */
    public CompletableFuture<Channel> control(EventLoop loop, InetAddress first) {
        return to(loop, first, settings.port(), "control connection", false);
    }

    CompletableFuture<Channel> data(EventLoop loop, InetAddress first, int port) {
        return to(loop, first, port, "data connection", true);
    }

    private CompletableFuture<Channel> to(
            EventLoop loop, InetAddress first, int port, String what, boolean halfClosed) {
        if (settings.proxy().isEmpty()) {
            return connect(loop, new InetSocketAddress(first, port), what, halfClosed);
        }
        Proxy proxy = settings.proxy().get();
        CompletableFuture<Channel> result = new CompletableFuture<>();
        connect(loop, new InetSocketAddress(first, proxy.port()), what, halfClosed)
                .thenCompose(channel ->
                        ProxyHandshake.of(proxy, settings.host(), port).on(channel, connectMillis))
                .whenComplete((channel, failure) -> {
                    if (failure != null) {
                        result.completeExceptionally(explain(Futures.unwrap(failure)));
                    } else if (!result.complete(channel)) {
                        channel.close();
                    }
                });
        return result;
    }

    private static Throwable explain(Throwable failure) {
        if (!(failure instanceof ProxyException refused)) {
            return failure;
        }
        String message = String.valueOf(refused.getMessage());
        return refused.isLate()
                ? new FtpTimeoutException(message, refused)
                : new FtpConnectionException(message, refused);
    }

    private CompletableFuture<Channel> connect(EventLoop loop, SocketAddress target, String what, boolean halfClosed) {
        CompletableFuture<Channel> result = new CompletableFuture<>();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(transport.clientChannels())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, halfClosed)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
                // the addresses are known; and a resolver would listen for the end of the loop on Netty's global
                // executor, whose thread lingers for a second
                .disableResolver()
                .handler(new ChannelInboundHandlerAdapter());
        if (halfClosed) {
            bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, dataReads());
        }
        ChannelFuture attempt = bootstrap.connect(target);
        attempt.addListener(done -> {
            if (!done.isSuccess()) {
                result.completeExceptionally(explain(what, target, done.cause()));
            } else if (!result.complete(attempt.channel())) {
                attempt.channel().close();
            }
        });
        result.whenComplete((channel, failure) -> {
            if (result.isCancelled()) {
                attempt.channel().close();
            }
        });
        return result;
    }

    /** To be set when a connection is made, as its first read decides for all others. */
    static RecvByteBufAllocator dataReads() {
        return new AdaptiveRecvByteBufAllocator(MIN_READ, FIRST_READ, MAX_READ).maxMessagesPerRead(READS_PER_TURN);
    }

    private FtpException explain(String what, SocketAddress target, Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return new FtpTimeoutException(
                    "no " + what + " to " + target + " within " + connectMillis
                            + " ms: nothing answers there, or a firewall is in the way",
                    cause);
        }
        return new FtpConnectionException("no " + what + " to " + target + ": " + cause.getMessage(), cause);
    }
}
