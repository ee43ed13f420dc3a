package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import java.util.Locale;

/** Tells by its first words which protocol a port speaks that is not FTP. */
final class OtherProtocol {

    private OtherProtocol() {}

    static Finding finding(String first, CheckSettings settings) {
        String upper = first.toUpperCase(Locale.ROOT);
        if (upper.startsWith("SSH-")) {
            return Finding.failed(
                    "an SSH server answers: " + Replies.shown(first),
                    Finding.diagnosis(
                            "ssh-on-port",
                            Blame.REQUEST,
                            settings.endpoint(),
                            "This port speaks SSH: use sftp:// with port " + settings.port()
                                    + ", or the server's port for FTP, usually 21."));
        }
        if (upper.startsWith("HTTP/") || upper.startsWith("<")) {
            return Finding.failed(
                    "a web server answers: " + Replies.shown(first),
                    Finding.diagnosis(
                            "http-on-port",
                            Blame.REQUEST,
                            settings.endpoint(),
                            "This port speaks HTTP: ask for the server's port for FTP, usually 21."));
        }
        if (!first.isEmpty() && (first.charAt(0) == Tls.ALERT || first.charAt(0) == Tls.HANDSHAKE)) {
            return Finding.failed(
                    "the server speaks TLS at once",
                    Finding.diagnosis(
                            "implicit-tls-on-port",
                            Blame.REQUEST,
                            settings.endpoint(),
                            "This port speaks implicit TLS: use ftps:// with port " + settings.port() + "."));
        }
        return Finding.failed(
                "what answers is no FTP server: " + Replies.shown(first),
                Finding.diagnosis(
                        "not-ftp",
                        Blame.REQUEST,
                        settings.endpoint(),
                        "Another service listens on this port: ask for the server's port for FTP, usually 21."));
    }
}
