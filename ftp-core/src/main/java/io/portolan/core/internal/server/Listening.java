package io.portolan.core.internal.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.portolan.core.internal.ports.BindErrors;
import io.portolan.core.internal.transport.TransportRuntime;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Opens listeners. */
public final class Listening {

    /** Connections that the kernel holds while we are busy: what Linux allows since 5.4. */
    private static final int BACKLOG = 4096;

    private Listening() {}

    /**
     * Begins to listen. On a house thread, which waits for it.
     *
     * @param what what is spoken there, for the message of an error
     * @param standardPort its standard port, likewise
     * @param address where to listen
     * @param transport whose loops accept and serve
     * @param bootstrap what makes something of a connection, with what is special about its options
     * @return the listener
     * @throws IOException if the port cannot be had
     */
    public static Channel on(
            String what,
            int standardPort,
            InetSocketAddress address,
            TransportRuntime transport,
            ServerBootstrap bootstrap)
            throws IOException {
        ChannelFuture bound = bootstrap
                .group(transport.acceptors(), transport.loops())
                .channelFactory(transport.serverChannels())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw BindErrors.describe(what, standardPort, address, bound.cause());
        }
        return bound.channel();
    }
}
