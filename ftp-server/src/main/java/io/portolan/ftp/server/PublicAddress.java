package io.portolan.ftp.server;

import io.portolan.ftp.server.internal.port.DnsPublicAddress;
import io.portolan.ftp.server.internal.port.FixedPublicAddress;
import io.portolan.ftp.server.internal.port.NetworkPublicAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which address the server announces for passive data connections in the 227 reply (RFC 959 section 4.1.2), which has room for IPv4
 * only. EPSV's 229 (RFC 2428) announces a port alone and needs none of this.
 *
 * <p>A server behind a translator must announce the address outside: {@link #fixed(String)}, {@link #dnsName(String, Duration)} if it changes, or
 * {@link #byClientNetwork(Map, PublicAddress)} when clients inside use the inner address.
 */
@FunctionalInterface
public interface PublicAddress {

    /** As often as home connections change their address, not more often than a name service likes to be asked. */
    Duration DEFAULT_REFRESH = Duration.ofMinutes(1);

    /**
     * The address for one reply. Called on an event loop for each PASV: it must not block; work that takes time belongs into
     * {@link #refresh()}.
     *
     * @param reached the local address by which the control connection reached us
     * @param client the control connection's peer
     * @return the address to announce, or empty if there is none; PASV is refused then, and EPSV still works
     */
    Optional<Inet4Address> announce(InetAddress reached, InetAddress client);

    /**
     * Finds out what {@link #announce} answers. Called on a worker thread, before the server takes connections and then each
     * {@link #refreshInterval()}; never twice at a time. May block.
     */
    default void refresh() {}

    /**
     * How often {@link #refresh()} is wanted.
     *
     * @return the time between two calls, at least a second; empty if one call at the start does
     */
    default Optional<Duration> refreshInterval() {
        return Optional.empty();
    }

    /**
     * The address by which the client reached us: right wherever no translator is in between. This is the default.
     *
     * @return the local address of the control connection, if that is IPv4
     */
    static PublicAddress asReached() {
        return FixedPublicAddress.AS_REACHED;
    }

    /**
     * Always this address.
     *
     * @param address an IPv4 address that clients can connect to
     * @return the decision
     * @throws IllegalArgumentException if it is not IPv4, or nobody can connect to it (0.0.0.0, multicast)
     */
    static PublicAddress fixed(InetAddress address) {
        return FixedPublicAddress.of(address);
    }

    /**
     * Always this address.
     *
     * @param literal an IPv4 address as four numbers; names are not looked up, see {@link #dnsName(String, Duration)}
     * @return the decision
     * @throws IllegalArgumentException if it is no such address, or nobody can connect to it
     */
    static PublicAddress fixed(String literal) {
        return FixedPublicAddress.parse(literal);
    }

    /**
     * The IPv4 address that a name has, looked up again and again. When a look-up fails, the last address found stays.
     *
     * @param name a host name, of a dynamic-address service for example
     * @param refresh the time between two look-ups, at least a second; the JVM's own cache of names lies below
     * @return the decision; empty until the name was found
     * @throws IllegalArgumentException if the name is blank or the time too short
     */
    static PublicAddress dnsName(String name, Duration refresh) {
        return new DnsPublicAddress(name, refresh);
    }

    /**
     * One address for clients inside, another for the others.
     *
     * @param networks decisions by the client's network, such as {@code 10.0.0.0/8} or {@code 192.168.1.7}; the longest prefix wins
     * @param otherwise for all other clients
     * @return the decision
     * @throws IllegalArgumentException if a network cannot be read
     */
    static PublicAddress byClientNetwork(Map<String, PublicAddress> networks, PublicAddress otherwise) {
        return new NetworkPublicAddress(networks, otherwise);
    }
}
