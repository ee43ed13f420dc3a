package io.portolan.sftp.client.internal.connect;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpTimeoutException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes TCP connections. */
final class TcpConnector {

    private final TransportRuntime transport;
    private final int millis;

    TcpConnector(TransportRuntime transport, Duration patience) {
        this.transport = transport;
        this.millis = Math.toIntExact(patience.toMillis());
    }

    /** To the first address that answers: a name often has one of IPv6 that leads nowhere. The connection does not read yet; cancelling closes it. */
    CompletableFuture<Channel> connect(EventLoop loop, Iterator<InetAddress> addresses, int port) {
        return attempt(loop, addresses, port, null);
    }

    private CompletableFuture<Channel> attempt(
            EventLoop loop, Iterator<InetAddress> addresses, int port, @Nullable Throwable before) {
        return connect(loop, new InetSocketAddress(addresses.next(), port))
                .handle((channel, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.completedFuture(channel);
                    }
                    Throwable cause = Futures.unwrap(failure);
                    if (before != null) {
                        cause.addSuppressed(before);
                    }
                    return addresses.hasNext()
                            ? attempt(loop, addresses, port, cause)
                            : CompletableFuture.<Channel>failedFuture(cause);
                })
                .thenCompose(next -> next);
    }

    private CompletableFuture<Channel> connect(EventLoop loop, InetSocketAddress target) {
        CompletableFuture<Channel> result = new CompletableFuture<>();
        ChannelFuture attempt = new Bootstrap()
                .group(loop)
                .channelFactory(transport.clientChannels())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(target);
        attempt.addListener(done -> {
            if (!done.isSuccess()) {
                result.completeExceptionally(explain(target, done.cause()));
            } else if (!result.complete(attempt.channel())) {
                attempt.channel().close();
            }
        });
        return result;
    }

    private SftpException explain(InetSocketAddress target, Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return new SftpTimeoutException(
                    "no connection to " + target + " within " + millis
                            + " ms: nothing answers there, or a firewall is in the way",
                    cause);
        }
        return new SftpConnectionException("no connection to " + target + ": " + cause.getMessage(), cause);
    }
}
