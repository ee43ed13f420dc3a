package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.ftp.FtpReply;
import java.io.IOException;
import java.util.Locale;

/** Says in words why a server refuses a data connection. */
final class DataRefusals {

    private DataRefusals() {}

    static Finding finding(Visit visit, String command, FtpReply reply) {
        String message = "the server answers " + command + " with " + Replies.shown(reply);
        String endpoint = visit.settings.endpoint();
        String text = Replies.text(reply).toUpperCase(Locale.ROOT);
        if (visit.protectsData() && (reply.code() == 522 || text.contains("REUSE") || text.contains("RESUM"))) {
            return Finding.failed(
                    message,
                    Finding.diagnosis(
                            "session-reuse-demanded",
                            Blame.CLIENT,
                            endpoint,
                            "The server wants data connections to resume the control connection's TLS session, and this one did not, or was not taken for it. Use a client that resumes; or relax the demand at the server, which lets others connect to data ports."));
        }
        if (!visit.protectsData() && (reply.code() == 521 || reply.code() == 522)) {
            return Finding.failed(
                    message,
                    Finding.diagnosis(
                            "data-protection-demanded",
                            Blame.REQUEST,
                            endpoint,
                            "The server wants data connections in TLS: use ftpes:// or ftps://."));
        }
        if (reply.code() == 425 || reply.code() == 426) {
            return Finding.failed(
                    message,
                    Finding.diagnosis(
                            "data-connection-not-seen",
                            Blame.NETWORK,
                            endpoint,
                            "The connection to the passive port was answered, but not by this server: NAT or a balancer forwards the passive range to another machine, or changes the client's address on one of the two connections."));
        }
        return Finding.failed(
                message,
                Finding.diagnosis(
                        "listing-refused",
                        Blame.SERVER,
                        endpoint,
                        "Check what this user may do at the server, and that its folder exists."));
    }

    static Finding handshake(Visit visit, FtpReply reply, IOException failure) {
        Finding refused = finding(visit, "the handshake on the data connection", reply);
        return new Finding(
                refused.outcome(), refused.message() + " (" + failure.getMessage() + ")", refused.diagnosis());
    }
}
