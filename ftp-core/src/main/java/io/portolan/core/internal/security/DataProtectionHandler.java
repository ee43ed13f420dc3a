package io.portolan.core.internal.security;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.util.concurrent.Future;

/**
 * Stands behind what protects a data connection. To handlers behind it the peer's protected end looks like a half-closed connection's; an end that is none, since anybody could
 * have brought it about, comes as an exception, as does a {@link DataProtectionException} if the connection is not protected as it must be.
 */
public abstract class DataProtectionHandler extends ChannelDuplexHandler {

    /** For subclasses. */
    protected DataProtectionHandler() {}

    /**
     * Tells when the connection has shown that it is the right client's; if it has not, an exception comes, and this is not called. On the event loop, before anything of the peer's passes. To be called once this is in a
     * pipeline.
     *
     * @param accepted called at most once
     */
    public abstract void whenAccepted(Runnable accepted);

    /**
     * Tells the peer that what has been written is all. To be called when it has left; on a connection that nothing was written to it first waits for the protection to be there.
     *
     * @return completes when the end has been handed to the socket, whose output may then be shut down
     */
    public abstract Future<?> finish();

    /** Closes the connection so that the peer cannot take what it got for all there is. */
    public abstract void cut();
}
