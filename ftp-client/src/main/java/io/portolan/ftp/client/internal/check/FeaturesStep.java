package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.ftp.FtpReply;
import java.io.IOException;
import java.util.List;

/** What the server says that it can do (RFC 2389). */
final class FeaturesStep implements Step<Visit> {

    @Override
    public String name() {
        return "features";
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        FtpReply reply = visit.control().ask("FEAT");
        if (reply.code() != 211) {
            return Finding.warned(
                    "the server answers FEAT with " + Replies.shown(reply),
                    Finding.diagnosis(
                            "no-features",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "Clients have to guess: names of other than ASCII letters and times may come out wrong."));
        }
        List<String> lines = reply.lines();
        visit.offers(lines.size() > 2 ? lines.subList(1, lines.size() - 1) : List.of());
        if (!visit.offers("UTF8")) {
            return Finding.warned(
                    "FEAT does not name UTF8",
                    Finding.diagnosis(
                            "no-utf8",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "Names with other than ASCII letters may come out wrong: switch UTF-8 on at the server."));
        }
        visit.control().ask("OPTS UTF8 ON");
        return Finding.passed(
                visit.offers("MLST")
                        ? "UTF-8, and listings for machines (MLSD)"
                        : "UTF-8; no listings for machines (MLSD), so that clients parse LIST");
    }
}
