package io.portolan.ftp.client.internal.check;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * TLS on one control connection and on its data connections, which resume its session: they have the control connection's endpoint as their name in the JDK's cache.
 */
final class Tls {

    /** The types of the records that a server can begin with (RFC 8446, section 5.1). */
    static final char ALERT = 0x15;

    static final char HANDSHAKE = 0x16;

    private final SSLContext context;
    private final ExaminingTrust trust;
    private final CheckSettings settings;
    private final SSLSocket control;

    private Tls(SSLContext context, ExaminingTrust trust, CheckSettings settings, Socket plain) throws IOException {
        this.context = context;
        this.trust = trust;
        this.settings = settings;
        this.control = wrap(context, settings, plain);
    }

    /** Makes the handshake on the control connection; the certificate is judged afterwards. */
    static Tls begin(CheckSettings settings, Socket plain) throws IOException {
        try {
            ExaminingTrust trust = new ExaminingTrust();
            Tls tls = new Tls(context(trust), trust, settings, plain);
            tls.control.startHandshake();
            return tls;
        } catch (GeneralSecurityException e) {
            throw new SSLException("this JVM has no TLS: " + e.getMessage(), e);
        }
    }

    private static SSLContext context(ExaminingTrust trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, new SecureRandom());
        return context;
    }

    private static SSLSocket wrap(SSLContext context, CheckSettings settings, Socket plain) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, settings.host(), settings.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** Whether a connection of its own to the control port meets a server of TLS. */
    static boolean isSpokenBy(Visit visit) {
        try (Socket probe = visit.connect(visit.peer(), visit.settings.port())) {
            begin(visit.settings, probe);
            return true;
        } catch (SSLException e) {
            // an alert is TLS too; what is not, is no record
            return String.valueOf(e.getMessage()).contains("fatal alert");
        } catch (IOException e) {
            return false;
        }
    }

    SSLSocket control() {
        return control;
    }

    ExaminingTrust trust() {
        return trust;
    }

    /** On a data connection, which offers the control connection's session. */
    SSLSocket resume(Socket plain) throws IOException {
        Certificate known = own(control);
        SSLSocket data = wrap(context, settings, new RenamedSocket(plain, settings.port()));
        data.startHandshake();
        if (!own(data).equals(known) && !trust.isTrusted()) {
            throw new DataCertificateException(((X509Certificate) own(data)).getSubjectX500Principal() + ", SHA-256 "
                    + Certificates.fingerprint((X509Certificate) own(data)));
        }
        return data;
    }

    private static Certificate own(SSLSocket socket) throws SSLPeerUnverifiedException {
        return socket.getSession().getPeerCertificates()[0];
    }

    /** On a data connection, as a client does that knows nothing of the control connection's session. */
    SSLSocket anew(Socket plain) throws IOException {
        try {
            SSLSocket data = wrap(context(new ExaminingTrust()), settings, plain);
            data.startHandshake();
            return data;
        } catch (GeneralSecurityException e) {
            throw new SSLException("this JVM has no TLS: " + e.getMessage(), e);
        }
    }

    /** A resumed session is as old as the one that it comes from. */
    boolean isResumedBy(SSLSession data) {
        return data.getCreationTime() == control.getSession().getCreationTime();
    }
}
