package io.portolan.ftp.server.internal.session;

import io.portolan.ftp.server.internal.port.PortLease;
import java.net.InetSocketAddress;

/** How the next transfer will get its data connection. */
public sealed interface DataState {

    /** Nothing has been agreed upon. */
    record None() implements DataState {}

    /**
     * The client was told a port of ours and connects to it.
     *
     * @param lease the port
     */
    record Passive(PortLease lease) implements DataState {}

    /**
     * We connect to the client.
     *
     * @param peer where it listens
     */
    record Active(InetSocketAddress peer) implements DataState {}
}
