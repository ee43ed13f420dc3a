package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** Says in words what it means that the control connection fails in the middle of a step. */
final class ControlFailures {

    private ControlFailures() {}

    static Finding finding(Visit visit, IOException failure, String after) {
        String endpoint = visit.settings.endpoint();
        if (visit.deadline.isInterrupted()) {
            return Finding.failed(
                    "the check was interrupted after " + after,
                    Finding.diagnosis("interrupted", Blame.REQUEST, endpoint, "Check again, and wait for its end."));
        }
        if (visit.deadline.isOver()) {
            return Finding.failed(
                    "the check took longer than " + visit.settings.limit().toSeconds() + " s, last after " + after,
                    Finding.diagnosis(
                            "too-slow",
                            Blame.SERVER,
                            endpoint,
                            "The server answers, but very slowly: look at its load and at the network."));
        }
        if (failure instanceof Wire.NotFtpException garbled) {
            return Finding.failed(
                    "after " + after + " the server says what no client understands: " + Replies.shown(garbled.said()),
                    Finding.diagnosis(
                            "not-understood",
                            Blame.SERVER,
                            endpoint,
                            "The server, or a firewall that changes FTP on its way, breaks the protocol: try with the firewall's inspection (ALG) off."));
        }
        if (failure instanceof SocketTimeoutException) {
            return Finding.failed(
                    "no reply came after " + after,
                    Finding.diagnosis(
                            "no-reply",
                            Blame.NETWORK,
                            endpoint,
                            "The control connection hangs: a firewall may have dropped it, or the server waits for something itself (a disk, a directory service); its log tells."));
        }
        return Finding.failed(
                "the connection ended after " + after + ": " + failure.getMessage(),
                Finding.diagnosis(
                        "closed-in-the-middle",
                        Blame.SERVER,
                        endpoint,
                        "Look at the server's log for why it closed; a firewall that inspects FTP may do it too."));
    }
}
