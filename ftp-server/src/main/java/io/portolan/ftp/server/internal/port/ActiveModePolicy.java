package io.portolan.ftp.server.internal.port;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where PORT and EPRT may send the server (the bounce attack, RFC 2577 section 3). Without more, only to the control connection's peer; transfers
 * between two servers (FXP) only into networks that were named. Never to ports below 1024, nor to addresses that mean this machine or many.
 */
public final class ActiveModePolicy {

    /** Services with rights live below; RFC 2577 section 3 asks to refuse them. */
    public static final int LOWEST_PORT = 1024;

    private static final ActiveModePolicy CONTROL_PEER_ONLY = new ActiveModePolicy(List.of());

    private final List<CidrBlock> fxpNetworks;

    private ActiveModePolicy(List<CidrBlock> fxpNetworks) {
        this.fxpNetworks = List.copyOf(fxpNetworks);
    }

    /**
     * The default.
     *
     * @return refuses every other address
     */
    public static ActiveModePolicy controlPeerOnly() {
        return CONTROL_PEER_ONLY;
    }

    /**
     * Also allows transfers to other servers.
     *
     * @param networks where these servers are
     * @return the policy
     */
    public static ActiveModePolicy fxpInto(List<CidrBlock> networks) {
        return new ActiveModePolicy(networks);
    }

    /**
     * Judges the argument of PORT or EPRT.
     *
     * @param controlPeer the control connection's peer
     * @param target where to connect to
     * @return why not, fit for the text of a reply; empty if it is allowed
     */
    public Optional<String> objection(InetAddress controlPeer, InetSocketAddress target) {
        if (target.getPort() < LOWEST_PORT) {
            return Optional.of("ports below " + LOWEST_PORT + " are refused");
        }
        InetAddress address = PeerAddress.normalise(target.getAddress());
        if (address.equals(PeerAddress.normalise(controlPeer))) {
            return Optional.empty();
        }
        boolean special = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isMulticastAddress()
                || address.isLinkLocalAddress();
        if (!special && fxpNetworks.stream().anyMatch(network -> network.contains(address))) {
            return Optional.empty();
        }
        return Optional.of("only your own address is allowed");
    }
}
