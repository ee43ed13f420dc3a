package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Whether the control port can be reached, at each of the host's addresses until one answers. */
final class ControlPortStep implements Step {

    @Override
    public String name() {
        return "control-port";
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        int port = visit.settings.port();
        List<String> failures = new ArrayList<>();
        IOException last = new IOException("no address");
        for (InetAddress address : visit.addresses()) {
            String endpoint = endpoint(address, port);
            try {
                visit.connected(new Wire(visit.connect(address, port), visit.settings.replyTime()));
                return failures.isEmpty()
                        ? Finding.passed("connected to " + endpoint)
                        : Finding.warned(
                                "connected to " + endpoint + ", but not to " + String.join(", ", failures),
                                Finding.diagnosis(
                                        "address-unreachable",
                                        Blame.NETWORK,
                                        String.join(", ", failures),
                                        "Let the server listen on every address that its name has, or take that address out of the name service: clients that try it first wait for it."));
            } catch (IOException e) {
                failures.add(endpoint);
                last = e;
            }
        }
        return failure(String.join(", ", failures), last);
    }

    private static Finding failure(String endpoint, IOException last) {
        if (last instanceof SocketTimeoutException) {
            return Finding.failed(
                    "no answer from " + endpoint,
                    Finding.diagnosis(
                            "control-port-filtered",
                            Blame.NETWORK,
                            endpoint,
                            "A firewall drops the packets: open the port in the firewalls at the server, and the way out at the client. If the server is off, start it."));
        }
        if (last instanceof ConnectException
                && String.valueOf(last.getMessage()).contains("refused")) {
            return Finding.failed(
                    endpoint + " refuses connections",
                    Finding.diagnosis(
                            "control-port-refused",
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

    static String endpoint(InetAddress address, int port) {
        String text = address.getHostAddress();
        return (text.contains(":") ? "[" + text + "]" : text) + ":" + port;
    }
}
