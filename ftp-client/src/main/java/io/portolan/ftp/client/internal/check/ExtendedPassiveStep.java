package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.PortStep;
import io.portolan.core.internal.check.Step;
import io.portolan.ftp.FtpReply;
import java.io.IOException;

/** Whether EPSV gives a port that can be reached (RFC 2428). */
final class ExtendedPassiveStep implements Step<Visit> {

    @Override
    public String name() {
        return "epsv";
    }

    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        FtpReply reply = visit.control().ask("EPSV");
        if (reply.code() != 229) {
            return Finding.warned(
                    "the server answers EPSV with " + Replies.shown(reply),
                    Finding.diagnosis(
                            "no-epsv",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "Switch EPSV on at the server: without it IPv6 does not work, and NAT needs more care."));
        }
        int port = PassiveReplies.extendedPort(reply);
        try {
            visit.connect(visit.peer(), port).close();
        } catch (IOException e) {
            return PassivePorts.unreachable(visit.peer(), port, e);
        }
        visit.passiveWorks(true);
        return Finding.passed("data connections reach " + PortStep.endpoint(visit.peer(), port));
    }
}
