package io.portolan.examples.standalone;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;

/** Which address of this machine to tell people. */
final class LocalAddresses {

    private LocalAddresses() {}

    /** An address to connect to for one to listen on: the same, or for the wildcard one that others can reach, if there is any. */
    static InetAddress reachable(InetAddress listening) {
        if (!listening.isAnyLocalAddress()) {
            return listening;
        }
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    // IPv4 first: shorter, and more often routed.
                    .min(Comparator.comparingInt(address -> address.getAddress().length))
                    .orElseGet(InetAddress::getLoopbackAddress);
        } catch (SocketException e) {
            return InetAddress.getLoopbackAddress();
        }
    }
}
