package io.portolan.ftp.client.internal.check;

import io.portolan.check.Blame;
import io.portolan.core.internal.check.Finding;
import java.io.IOException;

/** A data connection has another certificate than the control connection, and one that nobody vouches for: somebody else may be at its other end. */
final class DataCertificateException extends IOException {

    private static final long serialVersionUID = 1;

    DataCertificateException(String certificate) {
        super("the data connection has another certificate than the control connection, and it is not to be trusted: "
                + certificate);
    }

    Finding finding(Visit visit) {
        return Finding.failed(
                getMessage() + "; nothing was sent over it",
                Finding.diagnosis(
                        "data-certificate",
                        Blame.NETWORK,
                        visit.settings.endpoint(),
                        "Somebody in between may answer on the data ports, or NAT forwards them to another machine. If it is the server itself, let it use one certificate for both."));
    }
}
