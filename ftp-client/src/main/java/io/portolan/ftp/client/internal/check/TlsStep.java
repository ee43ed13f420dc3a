package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.core.internal.check.Step;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/** Whether the handshake succeeds, and whether the certificate can be trusted. */
final class TlsStep implements Step<Visit> {

    @Override
    public String name() {
        return "tls";
    }

    @Override
    public Finding look(Visit visit) throws IOException {
        Tls tls;
        try {
            tls = Tls.begin(visit.settings, visit.control().socket());
        } catch (SocketTimeoutException e) {
            return Finding.failed(
                    "the server does not go on with the handshake",
                    Finding.diagnosis(
                            "tls-handshake-stalls",
                            Blame.NETWORK,
                            visit.settings.endpoint(),
                            "A firewall that inspects FTP may drop TLS on this port: switch the inspection (ALG) off there. Or the server hangs: look at its log."));
        } catch (SSLException e) {
            return broken(visit, e);
        }
        visit.secured(tls);
        visit.control().protect(tls.control());
        SSLSession session = tls.control().getSession();
        String seen = session.getProtocol() + ", " + session.getCipherSuite();
        return Certificates.judge(tls.trust(), visit.settings, seen);
    }

    private static Finding broken(Visit visit, SSLException failure) {
        String message = String.valueOf(failure.getMessage());
        if (visit.settings.protection() == CheckSettings.Protection.IMPLICIT
                && message.contains("Unsupported or unrecognized SSL message")) {
            return plainText(visit);
        }
        if (message.contains("protocol_version")
                || message.contains("handshake_failure")
                || message.contains("selected protocol version")) {
            return Finding.failed(
                    "no TLS that both sides speak: " + message,
                    Finding.diagnosis(
                            "tls-too-old",
                            Blame.SERVER,
                            visit.settings.endpoint(),
                            "Let the server speak TLS 1.2 or 1.3 with a modern cipher; older versions are broken and switched off in clients."));
        }
        return Finding.failed(
                "the handshake fails: " + message,
                Finding.diagnosis(
                        "tls-handshake-fails",
                        Blame.SERVER,
                        visit.settings.endpoint(),
                        "Look at the server's log and its certificate and key; it may also demand a client certificate."));
    }

    /** Implicit TLS was begun where somebody speaks in the clear first. */
    private static Finding plainText(Visit visit) {
        try (Socket socket = visit.connect(visit.peer(), visit.settings.port())) {
            String first = new Wire(socket, visit.settings.replyTime()).line();
            if (Wire.code(first) == 0) {
                return OtherProtocol.finding(first, visit.settings);
            }
        } catch (IOException e) {
            return Finding.failed(
                    "what answers does not speak TLS",
                    Finding.diagnosis(
                            "not-tls",
                            Blame.REQUEST,
                            visit.settings.endpoint(),
                            "Ask for the port of implicit TLS, usually 990."));
        }
        return Finding.failed(
                "the server speaks FTP in the clear where TLS was begun at once",
                Finding.diagnosis(
                        "explicit-tls-on-port",
                        Blame.REQUEST,
                        visit.settings.endpoint(),
                        "This port begins in the clear: use explicit TLS, ftpes:// with port " + visit.settings.port()
                                + ", or ftps:// with the port of implicit TLS, usually 990."));
    }
}
