package io.portolan.ftp.server.internal.transfer;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.Optional;

/** How a transfer gets its data connection. Event loop only. */
public interface DataConnector {

    /**
     * Begins to connect, or to wait for the peer.
     *
     * @return completes with a channel that is registered on the session's event loop and does not read yet
     */
    Future<Channel> open();

    /** The connection has shown that it is the right client's. */
    default void confirmed() {}

    /**
     * The connection has not shown that it is the right client's: begins to wait for another one.
     *
     * @return as {@link #open}; empty if no other can be had
     */
    default Optional<Future<Channel>> next() {
        return Optional.empty();
    }

    /** Gives up whatever is still held: the port, the attempt. May be called twice, and when the connection is there. */
    void close();
}
