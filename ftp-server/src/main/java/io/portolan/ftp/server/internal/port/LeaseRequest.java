package io.portolan.ftp.server.internal.port;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.portolan.core.internal.security.DataClaim;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a session needs to say to get a port.
 *
 * @param client the address that the data connection must come from: the control connection's peer
 * @param local the address to listen on: the one by which the control connection reached us
 * @param sessionLoop where the accepted channel is registered and all futures are notified
 * @param owner the session's identifier, for the log
 * @param initializer added to the accepted channel's pipeline before the session has it; a new one for each request, unless sharable, which it is with a claim
 * @param claim tells the session's data connections from others, so that it can share a port with sessions of the same address; or null
 */
public record LeaseRequest(
        InetAddress client,
        InetAddress local,
        EventLoop sessionLoop,
        String owner,
        ChannelHandler initializer,
        @Nullable DataClaim claim) {}
