package io.portolan.core.internal.ports;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Locale;

/** Turns the system's "Permission denied" into words that help. */
public final class BindErrors {

    /** Where ports begin that everybody may bind, by the custom of Unix. */
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;

    private BindErrors() {}

    /**
     * Describes why a port could not be bound.
     *
     * @param protocol what was to be served, such as {@code FTP}
     * @param standardPort the protocol's registered port
     * @param address what was to be bound
     * @param cause what the transport threw
     * @return an exception whose message names the port, the standard one and what to do
     */
    public static BindException describe(
            String protocol, int standardPort, InetSocketAddress address, Throwable cause) {
        BindException described = new BindException("cannot listen on " + address.getHostString() + ", port "
                + address.getPort() + " for " + protocol + " (whose standard port is " + standardPort + "): "
                + advice(address, Reason.of(cause), cause));
        described.initCause(cause);
        return described;
    }

    private static String advice(InetSocketAddress address, Reason reason, Throwable cause) {
        int port = address.getPort();
        return switch (reason) {
            case TAKEN ->
                "the port is taken. Stop what listens there (ss -ltnp 'sport = :" + port
                        + "' shows it), or choose another port: " + alternative(port)
                        + " by custom, or 0 for any free one.";
            case FORBIDDEN ->
                "this process has no right to. Ports below " + FIRST_UNPRIVILEGED_PORT
                        + " need the capability CAP_NET_BIND_SERVICE, or sysctl net.ipv4.ip_unprivileged_port_start="
                        + port
                        + "; or listen on a port from " + FIRST_UNPRIVILEGED_PORT + " up, such as "
                        + alternative(port) + ", and redirect " + port + " to it in the firewall.";
            case NOT_LOCAL ->
                "no interface of this machine has that address. Give one that it has, or the wildcard 0.0.0.0 or :: for all.";
            case OTHER -> String.valueOf(cause.getMessage());
        };
    }

    /** 21 becomes 2121, 22 becomes 2222, 990 becomes 9990: what people choose, too. Other ports just move by one. */
    private static int alternative(int port) {
        if (port < 100) {
            return port * 101;
        }
        if (port < FIRST_UNPRIVILEGED_PORT) {
            return 9000 + port;
        }
        return port < 65535 ? port + 1 : port - 1;
    }

    private enum Reason {
        TAKEN,
        FORBIDDEN,
        NOT_LOCAL,
        OTHER;

        /** By the words of the C library, which the JDK and Netty's native transports pass on; there is nothing better. */
        static Reason of(Throwable cause) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("in use") || message.contains("error(-98)") || message.contains("error(-48)")) {
                return TAKEN;
            }
            if (message.contains("permission") || message.contains("not permitted") || message.contains("error(-13)")) {
                return FORBIDDEN;
            }
            if (message.contains("assign requested address")
                    || message.contains("error(-99)")
                    || message.contains("error(-49)")) {
                return NOT_LOCAL;
            }
            return OTHER;
        }
    }
}
