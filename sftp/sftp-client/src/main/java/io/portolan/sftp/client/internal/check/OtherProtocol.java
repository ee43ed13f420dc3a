package io.portolan.sftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import java.util.Locale;

/** Tells by its first words which protocol a port speaks that is not SSH. */
final class OtherProtocol {

    private OtherProtocol() {}

    /** Whether it is one that nobody says ahead of SSH. */
    static boolean isKnown(String first) {
        return isTls(first) || isHttp(first) || isNumbered(first);
    }

    static Finding finding(String first, CheckSettings settings) {
        if (isTls(first)) {
            return Finding.failed(
                    "the server speaks TLS",
                    Finding.diagnosis(
                            "tls-on-port",
                            Blame.REQUEST,
                            settings.endpoint(),
                            "This port speaks TLS, as for FTPS or the web: use ftps:// with port " + settings.port()
                                    + " if it is FTP, or the server's port for SSH, usually 22."));
        }
        if (isHttp(first)) {
            return Finding.failed(
                    "a web server answers: " + Shown.quoted(first),
                    Finding.diagnosis(
                            "http-on-port",
                            Blame.REQUEST,
                            settings.endpoint(),
                            "This port speaks HTTP: ask for the server's port for SSH, usually 22."));
        }
        if (isNumbered(first) && !first.toUpperCase(Locale.ROOT).contains("SMTP")) {
            return Finding.failed(
                    "an FTP server answers: " + Shown.quoted(first),
                    Finding.diagnosis(
                            "ftp-on-port",
                            Blame.REQUEST,
                            settings.endpoint(),
                            "This port speaks FTP: use ftpes:// (FTP with TLS) with port " + settings.port()
                                    + ", or the server's port for SSH, usually 22."));
        }
        return Finding.failed(
                "what answers is no SSH server: " + Shown.quoted(first),
                Finding.diagnosis(
                        "not-ssh",
                        Blame.REQUEST,
                        settings.endpoint(),
                        "Another service listens on this port: ask for the server's port for SSH, usually 22."));
    }

    private static boolean isTls(String first) {
        return !first.isEmpty() && Probe.isRecordOfTls(first.charAt(0));
    }

    private static boolean isHttp(String first) {
        String upper = first.toUpperCase(Locale.ROOT);
        return upper.startsWith("HTTP/") || upper.startsWith("<");
    }

    /** FTP and SMTP begin with a number of three digits. */
    private static boolean isNumbered(String first) {
        return first.length() > 3
                && first.chars().limit(3).allMatch(c -> c >= '0' && c <= '9')
                && (first.charAt(3) == ' ' || first.charAt(3) == '-');
    }
}
