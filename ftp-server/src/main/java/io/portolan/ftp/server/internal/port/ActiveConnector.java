package io.portolan.ftp.server.internal.port;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;

/**
 * Opens data connections to clients in active mode (PORT and EPRT; RFC 959 section 5.2, RFC 1123 section 4.1.2.12). Whether the target is allowed is for
 * {@link ActiveModePolicy} to say.
 */
public final class ActiveConnector {

    /** Clients that can be reached answer within milliseconds; behind a firewall that drops, nobody wants to wait as long as the system does. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final int FIRST_UNPRIVILEGED_PORT = 1024;

    private final ChannelFactory<? extends Channel> channels;
    private final int dataPort;
    private final int connectTimeoutMillis;

    /**
     * Opens nothing yet.
     *
     * @param channels makes channels for the sessions' transport
     * @param dataPort the local port: 20 as the RFC has it, the control port less one, or 0 for any
     * @param connectTimeout how long the client may take to accept
     */
    public ActiveConnector(ChannelFactory<? extends Channel> channels, int dataPort, Duration connectTimeout) {
        this.channels = channels;
        this.dataPort = dataPort;
        this.connectTimeoutMillis = Math.toIntExact(connectTimeout.toMillis());
    }

    /**
     * Connects. Several connections at once from the same local port are fine, as long as their targets differ.
     *
     * @param local the control connection's local address, from which the client expects us
     * @param target where the client listens
     * @param sessionLoop where the channel is registered
     * @param initializer added to the channel's pipeline before it is registered
     * @return the connected channel, not reading yet ({@code autoRead} is off), notified on the loop; fails with an {@link ActiveConnectException}.
     *     Cancelling it ends the attempt
     */
    public Future<Channel> connect(
            InetAddress local, InetSocketAddress target, EventLoop sessionLoop, ChannelHandler initializer) {
        Promise<Channel> promise = sessionLoop.newPromise();
        ChannelFuture attempt = new Bootstrap()
                // addresses are resolved already; with a resolver the end of an event loop is told on a thread of
                // Netty's that lingers for a second
                .disableResolver()
                .group(sessionLoop)
                .channelFactory(channels)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                // Without it the port is unusable while an earlier connection from it lives or lingers.
                .option(ChannelOption.SO_REUSEADDR, dataPort != 0)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis)
                .handler(initializer)
                .connect(target, new InetSocketAddress(local, dataPort));
        attempt.addListener(connected -> {
            if (!connected.isSuccess()) {
                promise.tryFailure(explain(local, target, connected.cause()));
            } else if (!promise.trySuccess(attempt.channel())) {
                attempt.channel().close();
            }
        });
        promise.addListener(done -> {
            if (done.isCancelled()) {
                attempt.channel().close();
            }
        });
        return promise;
    }

    private ActiveConnectException explain(InetAddress local, InetSocketAddress target, Throwable cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        String from = local.getHostAddress() + " port " + dataPort;
        if (cause instanceof ConnectTimeoutException) {
            return new ActiveConnectException(
                    target + " did not answer within " + connectTimeoutMillis + " ms",
                    "your address did not answer in time",
                    cause);
        }
        if (text.contains("permission denied") && dataPort != 0 && dataPort < FIRST_UNPRIVILEGED_PORT) {
            return new ActiveConnectException(
                    "cannot use " + from + " for active data connections (20 is the standard): ports below "
                            + FIRST_UNPRIVILEGED_PORT
                            + " need rights. Run with CAP_NET_BIND_SERVICE, or set the active data port to 0 (any) or a higher one",
                    "active mode is not available here, use passive mode",
                    cause);
        }
        if (text.contains("in use") || text.contains("cannot assign requested address")) {
            return new ActiveConnectException(
                    "cannot connect from " + from + " to " + target + ": " + cause.getMessage()
                            + ". Another program listens on that port (20 is the standard for active data), or a connection between the two was just closed",
                    "a connection to your port was just closed, choose another",
                    cause);
        }
        return new ActiveConnectException(
                "cannot connect to " + target + ": " + cause.getMessage(), "cannot connect to your address", cause);
    }
}
