package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.ftp.FtpReply;
import java.io.IOException;

/** Whether AUTH TLS is granted (RFC 4217, section 4). */
final class AuthStep implements Step<Visit> {

    @Override
    public String name() {
        return "auth-tls";
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        FtpReply reply = visit.control().ask("AUTH TLS");
        if (reply.code() != 234 && reply.code() != 334) {
            return Finding.failed(
                    "the server answers AUTH TLS with " + Replies.shown(reply),
                    Finding.diagnosis(
                            "tls-not-offered",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "Switch TLS on at the server (a certificate and a key). Without it only ftp:// works, which sends the password and the files in the clear. Some firewalls change AUTH on its way: if the server does offer it, look there."));
        }
        if (visit.control().hasUnread()) {
            return Finding.failed(
                    "octets came behind " + Replies.shown(reply) + " before TLS began",
                    Finding.diagnosis(
                            "injected-before-tls",
                            Blame.NETWORK,
                            visit.settings.endpoint(),
                            "Somebody on the way, or a broken server, has put text in front of the handshake. Do not send a password over this connection."));
        }
        return Finding.passed(Replies.shown(reply));
    }
}
