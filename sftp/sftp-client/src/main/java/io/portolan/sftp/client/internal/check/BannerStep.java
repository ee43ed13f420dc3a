package io.portolan.sftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import io.portolan.ssh.internal.version.SshVersionHandler;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** Whether an SSH server says what it is, and in which version of the protocol (RFC 4253, section 4.2); and if not, who speaks. */
final class BannerStep implements Step<Visit> {

    private static final String PREFIX = "SSH-";

    @Override
    public String name() {
        return "banner";
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        Probe probe = visit.probe();
        String before = "";
        try {
            probe.identify();
            String line = probe.line();
            if (!line.startsWith(PREFIX) && OtherProtocol.isKnown(line)) {
                return OtherProtocol.finding(line, visit.settings);
            }
            for (int lines = 0; !line.startsWith(PREFIX); lines++) {
                if (lines == SshVersionHandler.MAX_BANNER_LINES || line.length() >= SshVersionHandler.MAX_BANNER_LINE) {
                    return OtherProtocol.finding(line, visit.settings);
                }
                before = before.isEmpty() ? line : before;
                line = probe.line();
            }
            return identified(visit, line, before);
        } catch (SocketTimeoutException e) {
            return before.isEmpty() ? silent(visit) : OtherProtocol.finding(before, visit.settings);
        } catch (Probe.ClosedByPeerException e) {
            return closed(visit, before);
        }
    }

    private static Finding identified(Visit visit, String line, String before) {
        if (!line.startsWith("SSH-2.0-") && !line.startsWith("SSH-1.99-")) {
            return Finding.failed(
                    "the server speaks another version of SSH: " + Shown.quoted(line),
                    Finding.diagnosis(
                            "not-ssh-2",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "Only SSH 2.0 is spoken by today's clients: update the server, or switch its Protocol to 2."));
        }
        if (line.length() > SshVersionHandler.MAX_IDENTIFICATION - 2
                || line.chars().anyMatch(c -> c < ' ' || c > '~')) {
            return Finding.failed(
                    "the server's identification is longer than 255 octets, or has other than printable characters: "
                            + Shown.quoted(line),
                    Finding.diagnosis(
                            "identification-malformed",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "RFC 4253, section 4.2, allows for 255 printable characters: shorten what the server adds to its version (VersionAddendum)."));
        }
        return Finding.passed(
                before.isEmpty() ? line : line + ", behind other lines, of which the first is " + Shown.quoted(before));
    }

    private static Finding closed(Visit visit, String before) {
        if (before.isEmpty()) {
            return Finding.failed(
                    "the server closed the connection without a word",
                    Finding.diagnosis(
                            "closed-before-banner",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "The server, or something before it, does not let this address in, or is full: look at its list of allowed addresses, at MaxStartups and PerSourcePenalties, and at its log."));
        }
        return Finding.failed(
                "the server says " + Shown.quoted(before) + " and closes the connection",
                Finding.diagnosis(
                        "refused-before-banner",
                        Blame.SERVER,
                        visit.settings.endpoint(),
                        "The server does not speak SSH to this address now: it is full (MaxStartups), punishes the address for failures before (PerSourcePenalties), or does not let it in. Its log says which."));
    }

    private static Finding silent(Visit visit) {
        return Finding.failed(
                "connected, but the server does not say what it is within "
                        + visit.settings.replyTime().toSeconds() + " s",
                Finding.diagnosis(
                        "no-banner",
                        Blame.SERVER,
                        visit.settings.endpoint(),
                        "The server accepts but does not speak: it may be overloaded, look up this client's name for long (UseDNS), wait for TLS or another protocol, or stand behind a balancer that forwards to nobody."));
    }
}
