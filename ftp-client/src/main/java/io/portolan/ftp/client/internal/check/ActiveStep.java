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
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;

/** Whether the server can connect to the client (active mode: PORT, RFC 959; EPRT, RFC 2428). What fails here is a warning: clients are passive by default. */
final class ActiveStep implements Step<Visit> {

    @Override
    public String name() {
        return "active-mode";
    }

    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        InetAddress own = visit.control().socket().getLocalAddress();
        try (ServerSocket listening = visit.deadline.watch(new ServerSocket(0, 1, own))) {
            listening.setSoTimeout(Math.toIntExact(visit.settings.connectTime().toMillis()));
            HostPort here = new HostPort(own, listening.getLocalPort());
            FtpReply reply = visit.control()
                    .ask(own instanceof Inet4Address ? "PORT " + here.toPort() : "EPRT " + here.toEprt());
            if (!reply.isPositive()) {
                return Finding.warned(
                        "the server does not connect to clients: " + Replies.shown(reply),
                        Finding.diagnosis(
                                "active-mode-off",
                                Blame.SERVER,
                                visit.settings.endpoint(),
                                "Let clients be passive; if some cannot, allow active mode at the server."));
            }
            visit.control().say(visit.offers("MLST") ? "MLSD" : "LIST");
            return accepted(visit, listening, here);
        }
    }

    private static Finding accepted(Visit visit, ServerSocket listening, HostPort here) throws IOException {
        FtpReply begin = visit.control().reply();
        if (!begin.isPreliminary()) {
            return blocked(here, Replies.shown(begin));
        }
        try (Socket plain = visit.deadline.watch(listening.accept())) {
            plain.setSoTimeout(Math.toIntExact(visit.settings.replyTime().toMillis()));
            DataTls.Protected data = DataTls.protect(visit, plain);
            ListingStep.octets(data.socket().getInputStream());
            data.socket().close();
        } catch (SocketTimeoutException e) {
            return blocked(here, Replies.shown(visit.control().reply()));
        } catch (SSLException e) {
            return blocked(here, Replies.shown(visit.control().reply()));
        }
        FtpReply end = visit.control().reply();
        return end.isPositive()
                ? Finding.passed("the server connects to " + PortStep.endpoint(here.address(), here.port()))
                : blocked(here, Replies.shown(end));
    }

    private static Finding blocked(HostPort here, String said) {
        String endpoint = PortStep.endpoint(here.address(), here.port());
        return Finding.warned(
                "the server cannot connect to " + endpoint + ": " + said,
                Finding.diagnosis(
                        "active-port-blocked",
                        Blame.CLIENT,
                        endpoint,
                        "A firewall or NAT at the client keeps the server's connections out, which is usual: stay passive."));
    }
}
