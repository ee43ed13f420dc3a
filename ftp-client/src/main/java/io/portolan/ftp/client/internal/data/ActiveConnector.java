package io.portolan.ftp.client.internal.data;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.ftp.HostPort;
import io.portolan.ftp.client.FtpCancelledException;
import io.portolan.ftp.client.FtpConnectionException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.FtpTimeoutException;
import io.portolan.ftp.client.internal.control.ControlConnection;
import io.portolan.ports.PortRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Active mode: EPRT (RFC 2428, section 2), and PORT (RFC 959) with servers that refuse it, which is remembered. A connection from another address than the server's is closed, and the server's still waited for: whoever
 * is quicker than the server must get nothing, and must not keep it away.
 */
public final class ActiveConnector implements DataConnector {

    /** How many ports of a range are tried: those of a few transfers may be in use, and to try thousands takes long. */
    private static final int MAX_ATTEMPTS = 64;

    private static final int BACKLOG = 16;

    private final ControlConnection control;
    private final TransportRuntime transport;
    private final PortRange ports;
    private final Duration patience;
    private boolean eprtRefused;
    private boolean unwanted;

    public ActiveConnector(ControlConnection control, TransportRuntime transport, PortRange ports, Duration patience) {
        this.control = control;
        this.transport = transport;
        this.ports = ports;
        this.patience = patience;
        // every server knows PORT, and IPv4 needs nothing else
        this.eprtRefused = control.localAddress().getAddress() instanceof Inet4Address;
    }

    @Override
    public CompletableFuture<Offer> prepare() {
        unwanted = false;
        Arrival arrival = new Arrival(control.remoteAddress().getAddress());
        int first = ports.isAny() ? 0 : ThreadLocalRandom.current().nextInt(ports.size());
        return bind(arrival, first, Math.min(ports.size(), MAX_ATTEMPTS))
                .thenCompose(listener -> announce(listener, arrival));
    }

    @Override
    public void giveUp() {
        unwanted = true;
    }

    private CompletableFuture<Channel> bind(Arrival arrival, int index, int attempts) {
        int port = ports.isAny() ? 0 : ports.from() + index % ports.size();
        InetAddress local = control.localAddress().getAddress();
        ChannelFuture binding = new ServerBootstrap()
                .group(control.loop())
                .channelFactory(transport.serverChannels())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, OutgoingConnections.dataReads())
                .childHandler(arrival)
                .bind(local, port);
        CompletableFuture<Channel> bound = new CompletableFuture<>();
        binding.addListener(done -> {
            if (done.isSuccess()) {
                bound.complete(binding.channel());
            } else if (attempts > 1) {
                bind(arrival, index + 1, attempts - 1).whenComplete((channel, failure) -> {
                    if (failure != null) {
                        bound.completeExceptionally(failure);
                    } else {
                        bound.complete(channel);
                    }
                });
            } else {
                bound.completeExceptionally(new FtpConnectionException(
                        "no port of " + ports + " can be listened on at " + local.getHostAddress() + ": "
                                + done.cause().getMessage(),
                        done.cause()));
            }
        });
        return bound;
    }

    private CompletableFuture<Offer> announce(Channel listener, Arrival arrival) {
        InetSocketAddress local = (InetSocketAddress) listener.localAddress();
        HostPort address = new HostPort(local.getAddress(), local.getPort());
        return tell(address)
                .handle((told, failure) -> {
                    if (failure != null) {
                        listener.close();
                        arrival.forget();
                        return CompletableFuture.<Offer>failedFuture(failure);
                    }
                    return CompletableFuture.<Offer>completedFuture(new Listening(listener, arrival));
                })
                .thenCompose(next -> next);
    }

    private CompletableFuture<Void> tell(HostPort address) {
        if (unwanted) {
            return CompletableFuture.failedFuture(
                    new FtpCancelledException("no data connection is wanted any more", null));
        }
        String verb = eprtRefused ? "PORT" : "EPRT";
        String argument = eprtRefused ? address.toPort() : address.toEprt();
        return control.send(verb, argument).thenCompose(reply -> {
            if (reply.isPositive()) {
                return CompletableFuture.completedFuture(null);
            }
            if (!eprtRefused && reply.isPermanentError() && address.isIpv4()) {
                eprtRefused = true;
                return tell(address);
            }
            return CompletableFuture.failedFuture(new FtpReplyException(verb + " " + argument, reply));
        });
    }

    /** Takes the first connection that is the server's. */
    @Sharable
    private static final class Arrival extends ChannelInboundHandlerAdapter {
        private final InetAddress server;
        private final CompletableFuture<Channel> arrived = new CompletableFuture<>();

        Arrival(InetAddress server) {
            this.server = server;
        }

        /** Nobody has asked for the connection, and nobody will: one that was faster is closed. */
        void forget() {
            arrived.thenAccept(Channel::close);
            arrived.cancel(false);
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            InetSocketAddress peer = (InetSocketAddress) ctx.channel().remoteAddress();
            if (peer == null || !peer.getAddress().equals(server) || arrived.isDone()) {
                ctx.close();
                return;
            }
            ctx.pipeline().remove(this);
            arrived.complete(ctx.channel());
        }
    }

    private final class Listening implements Offer {
        private final Channel listener;
        private final Arrival arrival;
        private boolean opened;

        Listening(Channel listener, Arrival arrival) {
            this.listener = listener;
            this.arrival = arrival;
        }

        @Override
        public CompletableFuture<Channel> open() {
            opened = true;
            var late = control.loop()
                    .schedule(
                            () -> arrival.arrived.completeExceptionally(new FtpTimeoutException(
                                    "the server has not connected to " + listener.localAddress() + " within "
                                            + patience.toMillis()
                                            + " ms: a firewall or address translation may be in the way, which passive mode gets through",
                                    null)),
                            patience.toNanos(),
                            TimeUnit.NANOSECONDS);
            arrival.arrived.whenComplete((channel, failure) -> {
                late.cancel(false);
                listener.close();
            });
            return arrival.arrived;
        }

        @Override
        public void abandon() {
            listener.close();
            if (opened) {
                arrival.arrived.cancel(false);
            } else {
                arrival.forget();
            }
        }
    }
}
