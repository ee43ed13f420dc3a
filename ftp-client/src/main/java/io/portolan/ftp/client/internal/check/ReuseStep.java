package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.ftp.FtpReply;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** Whether the server demands that data connections resume the control connection's TLS session: tried by one that does not. */
final class ReuseStep implements Step<Visit> {

    @Override
    public String name() {
        return "tls-session-reuse";
    }

    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        Tls tls = visit.tls();
        if (tls == null || !visit.protectsData()) {
            return Finding.skipped("data connections are not in TLS");
        }
        if (!visit.hasPassive()) {
            return Finding.skipped("no passive port can be reached");
        }
        boolean whole;
        FtpReply end;
        try (Socket plain = visit.connectPassively()) {
            visit.control().say(visit.offers("MLST") ? "MLSD" : "LIST");
            end = visit.control().reply();
            whole = end.isPreliminary() && isRead(tls, plain);
        }
        if (end.isPreliminary()) {
            end = visit.control().reply();
        }
        return whole && end.isPositive()
                ? Finding.passed("not demanded: a data connection with a session of its own works too")
                : Finding.warned(
                        "demanded: a data connection with a session of its own gets " + Replies.shown(end),
                        Finding.diagnosis(
                                "session-reuse-demanded",
                                Blame.SERVER,
                                visit.settings.endpoint(),
                                "This keeps others off the data ports and is right so. Clients that do not resume (older Java clients among them) fail with it: update those, or relax the demand at the server."));
    }

    private static boolean isRead(Tls tls, Socket plain) {
        try (SSLSocket data = tls.anew(plain)) {
            ListingStep.octets(data.getInputStream());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
