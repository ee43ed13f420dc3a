package io.portolan.ports;

import io.portolan.ports.PortNeed.Direction;
import io.portolan.ports.PortWarning.Kind;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes a {@link PortPlan} of an endpoint's needs, or of several endpoints' on one machine, and finds what is odd about it. Not for several threads at once.
 */
public final class PortPlanner {

    private final HostFacts host;
    private final List<PortNeed> needs = new ArrayList<>();
    private final List<PortWarning> warnings = new ArrayList<>();

    /**
     * Begins a plan.
     *
     * @param host what the operating system does with ports
     */
    public PortPlanner(HostFacts host) {
        this.host = Objects.requireNonNull(host, "host");
    }

    /**
     * Adds ports.
     *
     * @param need the ports
     * @return this planner
     */
    public PortPlanner need(PortNeed need) {
        needs.add(Objects.requireNonNull(need, "need"));
        return this;
    }

    /**
     * Adds a range of which each session may need a port at a time, where one port serves sessions from different addresses, but of one address only one.
     *
     * @param need the ports
     * @param sessions how many sessions there may be from one address
     * @return this planner
     */
    public PortPlanner sharedRange(PortNeed need, int sessions) {
        if (!need.ports().isAny() && need.ports().size() < sessions) {
            warn(
                    Kind.RANGE_TOO_SMALL,
                    need.ports() + " (" + describe(need) + ") has "
                            + need.ports().size() + " ports, but " + sessions
                            + " sessions are allowed from one address, each of which needs one of its own to transfer;"
                            + " widen the range or allow fewer sessions for an address");
        }
        return need(need);
    }

    /**
     * Tells the plan which address clients are told to connect to.
     *
     * @param address the address announced
     * @param bindAddress the address listened on
     * @return this planner
     */
    public PortPlanner announced(InetAddress address, InetAddress bindAddress) {
        if (address.isAnyLocalAddress()) {
            warn(
                    Kind.WILDCARD_ANNOUNCED,
                    "clients are told to connect to " + address.getHostAddress()
                            + ", which is no address; announce one that they can reach");
        } else if (bindAddress.isLoopbackAddress()) {
            return this;
        } else if (address.isLoopbackAddress()) {
            warn(
                    Kind.LOOPBACK_ANNOUNCED,
                    "clients are told to connect to " + address.getHostAddress()
                            + ", which is their own machine; announce an address that they can reach");
        } else if (isPrivate(address) && !isPrivate(bindAddress)) {
            warn(
                    Kind.PRIVATE_ADDRESS_ANNOUNCED,
                    "clients are told to connect to " + address.getHostAddress()
                            + ", which cannot be reached from outside its own network; if clients come from the Internet, announce the public address");
        }
        return this;
    }

    /** Not the wildcard: who listens on that means to be reached by everybody. */
    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address.isSiteLocalAddress() || address.isLinkLocalAddress()) {
            return true;
        }
        // RFC 6598 §7: 100.64.0.0/10, between carriers and their customers. RFC 4193 §3.1: fc00::/7.
        return (address instanceof Inet4Address && bytes[0] == 100 && (bytes[1] & 0xc0) == 64)
                || (address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc);
    }

    /**
     * Finishes the plan.
     *
     * @return the needs in the order in which they were added, and all warnings
     */
    public PortPlan plan() {
        List<PortWarning> all = new ArrayList<>();
        for (int i = 0; i < needs.size(); i++) {
            for (int j = i + 1; j < needs.size(); j++) {
                collision(needs.get(i), needs.get(j)).ifPresent(all::add);
            }
        }
        for (PortNeed need : needs) {
            ephemeral(need).ifPresent(all::add);
            privilege(need).ifPresent(all::add);
        }
        all.addAll(warnings);
        return new PortPlan(needs, all);
    }

    private Optional<PortWarning> collision(PortNeed one, PortNeed other) {
        if (one.direction() != Direction.IN || other.direction() != Direction.IN || !one.collidesWith(other)) {
            return Optional.empty();
        }
        if (one.ports().size() == 1 && other.ports().size() == 1) {
            return Optional.of(new PortWarning(
                    Kind.PORT_TWICE,
                    "port " + one.ports() + " is wanted twice: for " + describe(one) + " and for " + describe(other)));
        }
        boolean oneIsRange = one.ports().size() > 1;
        PortNeed range = oneIsRange ? one : other;
        PortNeed listener = oneIsRange ? other : one;
        return Optional.of(new PortWarning(
                Kind.RANGE_HOLDS_LISTENER,
                range.ports() + " (" + describe(range) + ") overlaps " + listener.ports() + " (" + describe(listener)
                        + "): data connections there would reach the wrong one; move the range"));
    }

    private Optional<PortWarning> ephemeral(PortNeed need) {
        if (need.direction() != Direction.IN) {
            return Optional.empty();
        }
        return host.ephemeralPartOf(need.ports())
                .map(part -> new PortWarning(
                        Kind.RANGE_IS_EPHEMERAL,
                        part + " of " + describe(need)
                                + " lies in the range from which this system takes the ports of outgoing connections ("
                                + host.ephemeralPorts().map(PortRange::toString).orElse("")
                                + "), so that now and then one is taken;"
                                + " choose a range outside, or reserve it: sysctl net.ipv4.ip_local_reserved_ports="
                                + part));
    }

    private Optional<PortWarning> privilege(PortNeed need) {
        if (need.ports().isAny() || host.privileged() || need.ports().from() >= host.firstUnprivilegedPort()) {
            return Optional.empty();
        }
        return Optional.of(new PortWarning(
                Kind.NEEDS_PRIVILEGE,
                "port " + need.ports() + " (" + describe(need) + ") is below " + host.firstUnprivilegedPort()
                        + " and this process may not bind it; run it with the capability CAP_NET_BIND_SERVICE, set sysctl net.ipv4.ip_unprivileged_port_start="
                        + need.ports().from() + ", or use another port and redirect"));
    }

    private void warn(Kind kind, String text) {
        warnings.add(new PortWarning(kind, text));
    }

    private static String describe(PortNeed need) {
        return need.protocol() + " " + need.role();
    }
}
