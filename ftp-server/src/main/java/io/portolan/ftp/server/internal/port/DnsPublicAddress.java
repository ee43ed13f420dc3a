package io.portolan.ftp.server.internal.port;

import io.portolan.ftp.server.PublicAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An address that a name service knows. */
public final class DnsPublicAddress implements PublicAddress {

    private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(DnsPublicAddress.class);

    private final String name;
    private final Duration refresh;
    private final Resolver resolver;
    private volatile Optional<Inet4Address> lastFound = Optional.empty();

    /**
     * See {@link PublicAddress#dnsName(String, Duration)}.
     *
     * @param name the host name
     * @param refresh the time between two look-ups
     */
    public DnsPublicAddress(String name, Duration refresh) {
        this(name, refresh, InetAddress::getAllByName);
    }

    DnsPublicAddress(String name, Duration refresh, Resolver resolver) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("public address: the name is empty");
        }
        if (refresh.compareTo(SHORTEST_REFRESH) < 0) {
            throw new IllegalArgumentException(
                    "public address " + name + ": refresh " + refresh + " is under a second");
        }
        this.name = name;
        this.refresh = refresh;
        this.resolver = resolver;
    }

    @Override
    public Optional<Inet4Address> announce(InetAddress reached, InetAddress client) {
        return lastFound;
    }

    @Override
    public void refresh() {
        try {
            Optional<Inet4Address> found = Arrays.stream(resolver.resolve(name))
                    .filter(Inet4Address.class::isInstance)
                    .map(Inet4Address.class::cast)
                    .findFirst();
            if (found.isEmpty()) {
                LOG.warn("{} has no IPv4 address to announce; {}", name, meanwhile());
            } else if (!found.equals(lastFound)) {
                LOG.info("{} is {} now", name, found.get().getHostAddress());
                lastFound = found;
            }
        } catch (UnknownHostException e) {
            LOG.warn("Cannot look up {} to announce its address; {}", name, meanwhile());
        }
    }

    private String meanwhile() {
        return lastFound
                .map(address -> address.getHostAddress() + " stays")
                .orElse("until it has one, PASV is refused, and clients are told to say EPSV");
    }

    @Override
    public Optional<Duration> refreshInterval() {
        return Optional.of(refresh);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Where tests put a name service of their own. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String name) throws UnknownHostException;
    }
}
