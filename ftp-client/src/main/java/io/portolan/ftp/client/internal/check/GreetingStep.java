package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.ftp.FtpReply;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** Whether an FTP server speaks first (RFC 959, section 5.4), and if not, who does. */
final class GreetingStep implements Step<Visit> {

    @Override
    public String name() {
        return "greeting";
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        Wire control = visit.control();
        String first;
        try {
            first = control.line();
        } catch (SocketTimeoutException e) {
            return silent(visit);
        } catch (Wire.ClosedByPeerException e) {
            return Finding.failed(
                    "the server closed the connection without a word",
                    Finding.diagnosis(
                            "closed-before-greeting",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "The server, or something before it, does not let this address in, or is full: look at its list of allowed addresses, its limit of connections and its log."));
        }
        if (Wire.code(first) == 0) {
            return OtherProtocol.finding(first, visit.settings);
        }
        FtpReply greeting = control.reply(first);
        while (greeting.isPreliminary()) {
            // 120: ready in some minutes
            greeting = control.reply();
        }
        return greeting.isPositive()
                ? Finding.passed(Replies.shown(greeting))
                : Finding.failed(
                        "the server greets with " + Replies.shown(greeting),
                        Finding.diagnosis(
                                "server-refuses",
                                Blame.SERVER,
                                visit.settings.endpoint(),
                                "The server is full, shutting down, or does not let this address in; it says why in its reply and its log."));
    }

    /** Who waits for the client to begin may wait for TLS. */
    private static Finding silent(Visit visit) throws IOException {
        if (Tls.isSpokenBy(visit)) {
            return Finding.failed(
                    "the server says nothing until the client begins TLS",
                    Finding.diagnosis(
                            "implicit-tls-on-port",
                            Blame.REQUEST,
                            visit.settings.endpoint(),
                            "This port speaks implicit TLS: use ftps:// with port " + visit.settings.port()
                                    + ", or explicit TLS (ftpes://) on the server's port for FTP, usually 21."));
        }
        return Finding.failed(
                "connected, but no greeting came within "
                        + visit.settings.replyTime().toSeconds() + " s",
                Finding.diagnosis(
                        "no-greeting",
                        Blame.SERVER,
                        visit.settings.endpoint(),
                        "The server accepts but does not speak: it may be overloaded, look up this client's name for long (switch reverse lookups off), or stand behind a balancer that forwards to nobody."));
    }
}
