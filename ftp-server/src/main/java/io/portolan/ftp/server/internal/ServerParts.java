package io.portolan.ftp.server.internal;

import io.netty.channel.Channel;
import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.core.internal.session.SessionRegistry;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.ftp.server.internal.port.PassivePortAllocator;
import io.portolan.ftp.server.internal.port.PublicAddressRefresher;
import io.portolan.ftp.server.internal.session.SessionView;
import java.util.List;

/** What a running server consists of, and what its end takes apart. */
record ServerParts(
        TransportRuntime transport,
        SessionRegistry<SessionView> sessions,
        PassivePortAllocator passivePorts,
        PublicAddressRefresher refresher,
        List<ServerSecurity> mechanisms,
        List<Channel> listeners) {

    ServerParts {
        mechanisms = List.copyOf(mechanisms);
        listeners = List.copyOf(listeners);
    }
}
