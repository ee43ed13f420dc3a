package io.portolan.ftp.client.internal.data;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.ftp.client.FtpConnectionException;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpTimeoutException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Makes connections to the server, control and data. Event loop only. */
public final class OutgoingConnections {

    private final TransportRuntime transport;
    private final int connectMillis;

    public OutgoingConnections(TransportRuntime transport, Duration patience) {
        this.transport = transport;
        this.connectMillis = Math.toIntExact(patience.toMillis());
    }

    /** Whether the addresses of our own connections are a proxy's. */
    boolean isProxied() {
        return false;
    }

    /**
     * Connects to where a server listens for commands.
     *
     * @return the connection, which does not read yet; cancelling it closes it
     */
    public CompletableFuture<Channel> control(EventLoop loop, InetSocketAddress server) {
        return connect(loop, server, "control connection", false);
    }

    CompletableFuture<Channel> data(EventLoop loop, InetAddress server, int port) {
        return connect(loop, new InetSocketAddress(server, port), "data connection", true);
    }

    private CompletableFuture<Channel> connect(EventLoop loop, SocketAddress target, String what, boolean halfClosed) {
        CompletableFuture<Channel> result = new CompletableFuture<>();
        ChannelFuture attempt = new Bootstrap()
                .group(loop)
                .channelFactory(transport.clientChannels())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, halfClosed)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(target);
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
