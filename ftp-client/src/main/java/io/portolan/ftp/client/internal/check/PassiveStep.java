package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.PortStep;
import io.portolan.core.internal.check.Step;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.HostPort;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;

/** Whether PASV tells an address and a port that can be reached (RFC 959, section 4.1.2). */
final class PassiveStep implements Step<Visit> {

    @Override
    public String name() {
        return "pasv";
    }

    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        if (!(visit.peer() instanceof Inet4Address)) {
            return Finding.skipped("PASV cannot tell an address of IPv6");
        }
        FtpReply reply = visit.control().ask("PASV");
        if (reply.code() != 227) {
            return Finding.warned(
                    "the server answers PASV with " + Replies.shown(reply),
                    Finding.diagnosis(
                            "no-pasv",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "Allow PASV at the server for clients that do not know EPSV."));
        }
        HostPort told = PassiveReplies.address(reply);
        boolean isElsewhere = !told.address().equals(visit.peer());
        try {
            visit.connect(visit.peer(), told.port()).close();
        } catch (IOException e) {
            return isElsewhere ? elsewhere(visit, told, false) : PassivePorts.unreachable(visit.peer(), told.port(), e);
        }
        if (!visit.hasPassive()) {
            visit.passiveWorks(false);
        }
        return isElsewhere
                ? elsewhere(visit, told, true)
                : Finding.passed("data connections reach " + PortStep.endpoint(told.address(), told.port()));
    }

    private static Finding elsewhere(Visit visit, HostPort told, boolean reached) {
        InetAddress address = told.address();
        String endpoint = PortStep.endpoint(address, told.port());
        boolean isPrivate = address.isSiteLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress();
        String message = "the server sends clients to " + endpoint + ", but the control connection goes to "
                + visit.peer().getHostAddress() + (isPrivate ? "; that is an address inside its own network" : "");
        String advice = "Tell the server its public address (the one that clients connect to), so that 227 names it."
                + " Clients that use the control connection's address instead, or EPSV, "
                + (reached ? "work already." : "fail too: the port is not open there either; open the passive range.");
        var diagnosis = Finding.diagnosis(
                isPrivate ? "private-address-in-227" : "wrong-address-in-227", Blame.SERVER, endpoint, advice);
        return reached ? Finding.warned(message, diagnosis) : Finding.failed(message, diagnosis);
    }
}
