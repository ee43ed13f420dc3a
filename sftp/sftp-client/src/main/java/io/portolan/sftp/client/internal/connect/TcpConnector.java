package io.portolan.sftp.client.internal.connect;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.core.internal.proxy.Proxy;
import io.portolan.core.internal.proxy.ProxyException;
import io.portolan.core.internal.proxy.ProxyHandshake;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpTimeoutException;
import io.portolan.sftp.client.internal.Untrusted;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes TCP connections. */
final class TcpConnector {

    /** What Linux and macOS say, within more that is for programmers. */
    private static final String REFUSED = "Connection refused";

    private static final int MAX_WORDS = 300;

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

    /** To a server, by way of a proxy that has one of these addresses. */
    CompletableFuture<Channel> connect(EventLoop loop, Iterator<InetAddress> addresses, Proxy proxy, Hop target) {
        CompletableFuture<Channel> result = new CompletableFuture<>();
        attempt(loop, addresses, proxy.port(), null)
                .thenCompose(channel ->
                        ProxyHandshake.of(proxy, target.host(), target.port()).on(channel, millis))
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
        String message = Untrusted.line(String.valueOf(refused.getMessage()), MAX_WORDS);
        return refused.isLate()
                ? new SftpTimeoutException(message, refused)
                : new SftpConnectionException(message, refused);
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
                // addresses are resolved already; with a resolver the end of an event loop is told on a thread of
                // Netty's that lingers for a second
                .disableResolver()
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
        String where = NetUtil.toSocketAddressString(target);
        if (cause instanceof ConnectTimeoutException) {
            return new SftpTimeoutException(
                    "no connection to " + where + " within " + millis
                            + " ms: nothing answers there, or a firewall is in the way",
                    cause);
        }
        String words = String.valueOf(cause.getMessage());
        return new SftpConnectionException(
                "no connection to " + where + ": "
                        + (words.contains(REFUSED) ? "refused; nothing listens there, or a firewall says so" : words),
                cause);
    }
}
