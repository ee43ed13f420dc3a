package io.portolan.ftp.server.internal.port;

import io.portolan.ftp.server.PublicAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The two decisions that need no state. */
public final class FixedPublicAddress implements PublicAddress {

    /** What the control connection was reached by. */
    public static final PublicAddress AS_REACHED = new PublicAddress() {
        @Override
        public Optional<Inet4Address> announce(InetAddress reached, InetAddress client) {
            return PeerAddress.normalise(reached) instanceof Inet4Address v4 ? Optional.of(v4) : Optional.empty();
        }

        @Override
        public String toString() {
            return "as reached";
        }
    };

    private final Optional<Inet4Address> address;

    private FixedPublicAddress(Inet4Address address) {
        this.address = Optional.of(address);
    }

    /**
     * See {@link PublicAddress#fixed(InetAddress)}.
     *
     * @param address the address
     * @return the decision
     */
    public static PublicAddress of(InetAddress address) {
        if (!(PeerAddress.normalise(address) instanceof Inet4Address v4)) {
            throw new IllegalArgumentException(
                    "public address " + address.getHostAddress() + ": expected IPv4, EPSV needs none");
        }
        if (v4.isAnyLocalAddress() || v4.isMulticastAddress()) {
            throw new IllegalArgumentException("public address " + v4.getHostAddress() + ": nobody can connect to it");
        }
        return new FixedPublicAddress(v4);
    }

    /**
     * See {@link PublicAddress#fixed(String)}.
     *
     * @param literal the address as four numbers
     * @return the decision
     */
    public static PublicAddress parse(String literal) {
        if (!LiteralAddress.isIpv4(literal)) {
            throw new IllegalArgumentException(
                    "public address \"" + literal + "\": expected an IPv4 address such as 203.0.113.7");
        }
        try {
            return of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            throw new AssertionError("a literal address is an address", e);
        }
    }

    @Override
    public Optional<Inet4Address> announce(InetAddress reached, InetAddress client) {
        return address;
    }

    @Override
    public String toString() {
        return address.orElseThrow().getHostAddress();
    }
}
