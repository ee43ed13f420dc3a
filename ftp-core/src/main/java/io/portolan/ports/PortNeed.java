package io.portolan.ports;

import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * Ports that an endpoint needs for one purpose. Made by the endpoint; it may grow.
 *
 * @param role what for, such as {@code control} or {@code passive data}
 * @param protocol what is spoken, such as {@code FTP}
 * @param service the name that the port is registered under at IANA, such as {@code ftp-data}; none for ports without one
 * @param standardPort the protocol's registered port, or 0 if there is none
 * @param ports the endpoint's own ports
 * @param direction which way connections are made, as the endpoint sees it
 * @param peer who is at the other end: {@code clients}, {@code servers}
 * @param bindAddress the address of the endpoint's side; the wildcard for all
 */
public record PortNeed(
        String role,
        String protocol,
        Optional<String> service,
        int standardPort,
        PortRange ports,
        Direction direction,
        String peer,
        InetAddress bindAddress) {

    /** Which way connections are made. */
    public enum Direction {
        /** The peer connects to the endpoint. */
        IN,
        /** The endpoint connects to the peer. */
        OUT
    }

    /** Checks the components. */
    public PortNeed {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(ports, "ports");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(bindAddress, "bindAddress");
        if (standardPort < 0 || standardPort > PortRange.MAX_PORT) {
            throw new IllegalArgumentException("standardPort: " + standardPort + " is not a port");
        }
    }

    /**
     * A port on which the endpoint listens.
     *
     * @param role what for
     * @param protocol what is spoken
     * @param service the registered name
     * @param standardPort the registered port
     * @param bindAddress the address that it listens on
     * @param port the port, or 0 for any free one
     * @return the need
     */
    public static PortNeed listening(
            String role, String protocol, String service, int standardPort, InetAddress bindAddress, int port) {
        return new PortNeed(
                role,
                protocol,
                Optional.of(service),
                standardPort,
                PortRange.of(port),
                Direction.IN,
                "clients",
                bindAddress);
    }

    /**
     * Ports that have no name and that clients connect to when they are told to.
     *
     * @param role what for
     * @param protocol what is spoken
     * @param bindAddress the address that is listened on
     * @param ports the ports
     * @return the need
     */
    public static PortNeed listening(String role, String protocol, InetAddress bindAddress, PortRange ports) {
        return new PortNeed(role, protocol, Optional.empty(), 0, ports, Direction.IN, "clients", bindAddress);
    }

    /**
     * A port from which the endpoint connects to clients.
     *
     * @param role what for
     * @param protocol what is spoken
     * @param service the registered name
     * @param standardPort the registered port
     * @param bindAddress the address that it connects from
     * @param port the port that it connects from, or 0 for any free one
     * @return the need
     */
    public static PortNeed connecting(
            String role, String protocol, String service, int standardPort, InetAddress bindAddress, int port) {
        return new PortNeed(
                role,
                protocol,
                Optional.of(service),
                standardPort,
                PortRange.of(port),
                Direction.OUT,
                "clients",
                bindAddress);
    }

    /** Whether two sockets cannot both have a port of these. */
    boolean collidesWith(PortNeed other) {
        return ports.overlaps(other.ports)
                && (bindAddress.equals(other.bindAddress)
                        || bindAddress.isAnyLocalAddress()
                        || other.bindAddress.isAnyLocalAddress());
    }
}
