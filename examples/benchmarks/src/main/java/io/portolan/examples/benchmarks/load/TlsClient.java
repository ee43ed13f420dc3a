package io.portolan.examples.benchmarks.load;

import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;

/** One version of the JDK's TLS, with AES-256-GCM. It looks sessions up by the name and port that an engine is made for. */
final class TlsClient {

    private final SSLContext context;
    private final String version;

    /**
     * With no sessions yet.
     *
     * @param version what the JDK calls it, such as {@code TLSv1.3}
     */
    TlsClient(String version) throws IOException {
        this.version = version;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new NobodyAsked()}, null);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** An engine that resumes the session of the last one that was made for this port, if it can. */
    SSLEngine resuming(int port) {
        return configured(context.createSSLEngine("benchmark", port));
    }

    /** An engine for a full handshake. */
    SSLEngine anew() {
        return configured(context.createSSLEngine());
    }

    private SSLEngine configured(SSLEngine engine) {
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {version});
        engine.setEnabledCipherSuites(
                version.equals("TLSv1.3")
                        ? new String[] {"TLS_AES_256_GCM_SHA384"}
                        : new String[] {
                            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
                        });
        return engine;
    }
}
