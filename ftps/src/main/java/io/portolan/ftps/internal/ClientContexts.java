package io.portolan.ftps.internal;

import io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses a client's engine. */
final class ClientContexts {

    /** How a certificate's names are compared with the server's (RFC 2818, now RFC 9525): FTP has no rules of its own. */
    static final String NAMES_AS_IN_HTTPS = "HTTPS";

    private static final Logger LOG = LoggerFactory.getLogger(ClientContexts.class);

    private ClientContexts() {}

    static ClientContext make(ClientTlsSettings settings, Executor workers) throws IOException {
        try {
            ServerJudge judge = ServerJudge.of(settings.trust());
            if (settings.trust() instanceof Trust.Anyone) {
                LOG.warn(
                        "No server's certificate is looked at (insecureTrustAnyone): anyone on the way can take a server's place");
            }
            return switch (settings.engine()) {
                case JDK -> new JdkClientContext(settings, judge, workers);
                case BORINGSSL -> {
                    if (!OpenSsl.isAvailable()) {
                        throw TlsContexts.noBoringSsl();
                    }
                    yield new BoringSslClientContext(settings, judge);
                }
                case AUTO ->
                    OpenSsl.isAvailable()
                            ? new BoringSslClientContext(settings, judge)
                            : new JdkClientContext(settings, judge, workers);
            };
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }
}
