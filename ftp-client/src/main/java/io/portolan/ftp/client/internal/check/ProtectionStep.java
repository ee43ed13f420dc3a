package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.ftp.FtpReply;
import java.io.IOException;

/** Whether data connections are protected too (RFC 4217, section 9). */
final class ProtectionStep implements Step<Visit> {

    @Override
    public String name() {
        return "data-protection";
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        if (visit.tls() == null) {
            return Finding.skipped("there is no TLS");
        }
        visit.control().ask("PBSZ 0");
        FtpReply reply = visit.control().ask("PROT P");
        if (!reply.isPositive()) {
            return Finding.failed(
                    "the server answers PROT P with " + Replies.shown(reply),
                    Finding.diagnosis(
                            "data-not-protected",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "The server protects the password but not the files: allow protected data connections there."));
        }
        visit.dataProtected();
        return Finding.passed(Replies.shown(reply));
    }
}
