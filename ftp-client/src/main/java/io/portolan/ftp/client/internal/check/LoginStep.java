package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.check.Diagnosis;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.ftp.FtpReply;
import java.io.IOException;
import java.util.Locale;

/** Whether the user is let in (RFC 959, section 5.4). */
final class LoginStep implements Step<Visit> {

    @Override
    public String name() {
        return "login";
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        String user = visit.settings.user();
        FtpReply reply = visit.control().ask("USER " + user);
        if (reply.code() == 331) {
            reply = visit.control().askSecretly("PASS", visit.settings.password());
        }
        if (reply.code() == 332) {
            return Finding.failed(
                    "the server asks for an account beside the password: " + Replies.shown(reply),
                    Finding.diagnosis(
                            "account-needed",
                            Blame.REQUEST,
                            user,
                            "Ask the server's owner which account (ACCT) to give; this check gives none."));
        }
        if (reply.isPositive()) {
            return Finding.passed(user + " is logged in: " + Replies.shown(reply));
        }
        return Finding.failed("the server refuses " + user + " with " + Replies.shown(reply), diagnosis(visit, reply));
    }

    private static Diagnosis diagnosis(Visit visit, FtpReply reply) {
        String text = Replies.text(reply).toUpperCase(Locale.ROOT);
        boolean speaksOfTls = text.contains("TLS") || text.contains("SSL") || text.contains("ENCRYPT");
        if (visit.tls() == null && (reply.code() == 522 || reply.code() == 550 || speaksOfTls)) {
            return Finding.diagnosis(
                    "tls-required",
                    Blame.REQUEST,
                    visit.settings.endpoint(),
                    "The server lets nobody in without encryption: use ftpes:// (explicit TLS) on the same port.");
        }
        if (reply.isTransientError()) {
            return Finding.diagnosis(
                    "too-many-logins",
                    Blame.SERVER,
                    visit.settings.user(),
                    "The server has no room at the moment: it limits the connections of a user or an address. Close others, or raise the limit at the server.");
        }
        return Finding.diagnosis(
                "login-refused",
                Blame.REQUEST,
                visit.settings.user(),
                "Check the name and the password. If they are right, the server may not let this user in from this address, without a client certificate, or after too many failures: its log says so.");
    }
}
