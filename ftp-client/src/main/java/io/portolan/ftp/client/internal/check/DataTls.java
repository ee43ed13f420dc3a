package io.portolan.ftp.client.internal.check;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/** A data connection as the control connection's protection wants it. */
final class DataTls {

    private DataTls() {}

    static Protected protect(Visit visit, Socket plain) throws IOException {
        Tls tls = visit.tls();
        if (tls == null || !visit.protectsData()) {
            return new Protected(plain, Optional.empty());
        }
        SSLSocket data = tls.resume(plain);
        return new Protected(data, Optional.of(tls.isResumedBy(data.getSession())));
    }

    /** A socket, and if it is TLS whether it has resumed the control connection's session. */
    record Protected(Socket socket, Optional<Boolean> resumed) {}
}
