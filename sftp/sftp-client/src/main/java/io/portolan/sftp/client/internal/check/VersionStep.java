package io.portolan.sftp.client.internal.check;

import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.sftp.client.internal.protocol.ServerFacts;
import java.util.TreeSet;

/** What the server tells of itself: version, extensions and limits. */
final class VersionStep implements Step<Visit> {

    /** Names of extensions that a message repeats: all that a server of today has. */
    private static final int MAX_NAMES = 40;

    @Override
    public String name() {
        return "version";
    }

    @Override
    public boolean isNeeded() {
        return false;
    }

    @Override
    public Finding look(Visit visit) {
        ServerFacts facts = visit.session().facts();
        var names = new TreeSet<>(facts.extensions().keySet());
        String listed = String.join(", ", names.stream().limit(MAX_NAMES).toList());
        return Finding.passed("version " + facts.version() + ", "
                + (names.isEmpty()
                        ? "no extensions"
                        : "with " + listed + (names.size() > MAX_NAMES ? " and others" : ""))
                + "; at a time " + facts.limits().read() + " octets are read, "
                + facts.limits().write() + " written, and " + facts.limits().handles() + " files are open"
                + (facts.has("limits@openssh.com") ? "" : " (not told by the server, but what every server can)"));
    }
}
