package io.portolan.core.internal.check;

import io.portolan.check.Blame;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;

/** Whether the port can be reached, at each of the host's addresses until one answers. */
public final class PortStep implements Step<Visiting> {

    private final String name;

    /**
     * Makes the step.
     *
     * @param name what it is called, with which the codes of its diagnoses begin
     */
    public PortStep(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Finding look(Visiting visit) throws IOException {
        int port = visit.port();
        List<String> failures = new ArrayList<>();
        IOException last = new IOException("no address");
        for (InetAddress address : visit.addresses()) {
            String endpoint = endpoint(address, port);
            try {
                visit.connect(address);
                return failures.isEmpty()
                        ? Finding.passed("connected to " + endpoint)
                        : Finding.warned(
                                "connected to " + endpoint + ", but not to " + String.join(", ", failures),
                                Finding.diagnosis(
                                        "address-unreachable",
                                        Blame.NETWORK,
                                        String.join(", ", failures),
                                        "Let the server listen on every address that its name has, or take that address out of the name service: clients that try it first wait for it."));
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                failures.add(endpoint);
                last = e;
            }
        }
        return failure(String.join(", ", failures), last);
    }

    private Finding failure(String endpoint, IOException last) {
        if (last instanceof SocketTimeoutException) {
            return Finding.failed(
                    "no answer from " + endpoint,
                    Finding.diagnosis(
                            name + "-filtered",
                            Blame.NETWORK,
                            endpoint,
                            "A firewall drops the packets: open the port in the firewalls at the server, and the way out at the client. If the server is off, start it."));
        }
        if (last instanceof ConnectException
                && String.valueOf(last.getMessage()).contains("refused")) {
            return Finding.failed(
                    endpoint + " refuses connections",
                    Finding.diagnosis(
                            name + "-refused",
                            Blame.SERVER,
                            endpoint,
                            "Nothing listens on this port: start the server, or ask for the port that it listens on (21 for FTP and explicit TLS, 990 for implicit TLS, 22 for SFTP)."));
        }
        return Finding.failed(
                "cannot reach " + endpoint + ": " + last.getMessage(),
                Finding.diagnosis(
                        "no-route",
                        Blame.CLIENT,
                        endpoint,
                        "Check this machine's network and its route to the server (a VPN that is off, a network without IPv6)."));
    }

    /** An address and port as they stand in messages. */
    public static String endpoint(InetAddress address, int port) {
        String text = address.getHostAddress();
        return (text.contains(":") ? "[" + text + "]" : text) + ":" + port;
    }
}
