package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.PortStep;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;

/** Says in words why a passive port cannot be reached. */
final class PassivePorts {

    private PassivePorts() {}

    static Finding unreachable(InetAddress address, int port, IOException failure) {
        String endpoint = PortStep.endpoint(address, port);
        if (failure instanceof SocketTimeoutException) {
            return Finding.failed(
                    "no answer from the passive port " + endpoint,
                    Finding.diagnosis(
                            "passive-port-filtered",
                            Blame.NETWORK,
                            endpoint,
                            "A firewall drops data connections: give the server a fixed range of passive ports, open that range in the firewalls at the server (and, behind NAT, forward it), or let the client's firewall allow the way out."));
        }
        return Finding.failed(
                "the passive port " + endpoint + " refuses connections",
                Finding.diagnosis(
                        "passive-port-refused",
                        Blame.NETWORK,
                        endpoint,
                        "A firewall rejects the port, or NAT forwards it to a machine where nobody listens: open and forward the server's whole passive range to the server itself."));
    }
}
