package io.portolan.core.internal.security;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;

/** What protects one session. Event loop only. */
public interface SessionSecurity {

    /**
     * The handler that protects the control connection, to be put first in its pipeline once 234 has left.
     *
     * @return a handler for this one connection
     */
    ChannelHandler control();

    /**
     * A handler that protects a data connection of this session, to be put first in its pipeline.
     *
     * @return a new handler
     */
    ChannelHandler data();

    /**
     * Takes the control connection back into the clear (CCC), once the reply to it has left.
     *
     * @param control the context of the {@link #control()} handler, which leaves the pipeline
     * @return completes when what follows is in the clear
     */
    Future<Void> clearControl(ChannelHandlerContext control);

    /** Lets go of what belongs to the session. May be called twice. */
    void close();
}
