package io.portolan.sftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import io.portolan.sftp.client.SftpTimeoutException;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** Says in words what it means that the connection fails in the middle of a step, for reasons that are not the step's own. */
final class Failures {

    private Failures() {}

    static Finding finding(Visit visit, IOException failure) {
        String endpoint = visit.settings.endpoint();
        if (Thread.currentThread().isInterrupted()) {
            return Finding.failed(
                    "the check was interrupted",
                    Finding.diagnosis("interrupted", Blame.REQUEST, endpoint, "Run the check again, and let it end."));
        }
        if (visit.isOver()) {
            return Finding.failed(
                    "the check took longer than " + visit.settings.limit().toSeconds() + " s",
                    Finding.diagnosis(
                            "too-slow",
                            Blame.SERVER,
                            endpoint,
                            "The server answers, but very slowly: look at its load and at the network."));
        }
        if (failure instanceof SocketTimeoutException || failure instanceof SftpTimeoutException) {
            return Finding.failed(
                    "no answer came within " + visit.settings.replyTime().toSeconds() + " s",
                    Finding.diagnosis(
                            "no-reply",
                            Blame.NETWORK,
                            endpoint,
                            "The connection hangs: a firewall may have dropped it, or the server waits for something itself (a disk, a directory service); its log tells."));
        }
        return Finding.failed(
                "the connection ended: " + failure.getMessage(),
                Finding.diagnosis(
                        "closed-in-the-middle",
                        Blame.SERVER,
                        endpoint,
                        "Look at the server's log for why it closed; a firewall may do it too."));
    }
}
