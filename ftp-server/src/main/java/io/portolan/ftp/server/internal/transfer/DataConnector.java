package io.portolan.ftp.server.internal.transfer;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;

/** How a transfer gets its data connection. Event loop only. */
public interface DataConnector {

    /**
     * Begins to connect, or to wait for the peer.
     *
     * @return completes with a channel that is registered on the session's event loop and does not read yet
     */
    Future<Channel> open();

    /** Gives up whatever is still held: the port, the attempt. May be called twice, and when the connection is there. */
    void close();
}
