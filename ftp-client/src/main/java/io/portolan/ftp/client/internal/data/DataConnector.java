package io.portolan.ftp.client.internal.data;

import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;

/** How a session comes by data connections. Event loop only. */
public interface DataConnector {

    /** Agrees with the server on an address; one at a time. */
    CompletableFuture<Offer> prepare();

    /** Nobody wants what is being prepared, if anything is: nothing more is sent for it, and it ends as soon as what was sent is answered. */
    void giveUp();

    /** What was agreed upon: good for one connection. */
    interface Offer {

        /**
         * Connects, or waits for the server to do so; behind the command that the connection is for, or just before it.
         *
         * @return the connection, which does not read yet and has no handlers
         */
        CompletableFuture<Channel> open();

        /** There will be no need for it. May be called at any time, and closes nothing that {@link #open} has given away. */
        void abandon();
    }
}
