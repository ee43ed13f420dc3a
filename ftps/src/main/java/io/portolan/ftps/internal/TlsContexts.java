package io.portolan.ftps.internal;

import io.netty.handler.ssl.OpenSsl;
import io.portolan.ftps.TlsEngine;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the engine. */
final class TlsContexts {

    private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);

    private TlsContexts() {}

    static TlsContext make(ServerTlsSettings settings, Executor workers) throws IOException {
        CertificateDates.complaints(settings.keys(), Instant.now()).forEach(LOG::warn);
        try {
            if (settings.engine() == TlsEngine.JDK || !(settings.keys() instanceof KeySource.Managed keys)) {
                return new JdkContext(settings, workers);
            }
            if (OpenSsl.isAvailable()) {
                return new BoringSslContext(settings, keys);
            }
            if (settings.engine() == TlsEngine.BORINGSSL) {
                throw noBoringSsl();
            }
            LOG.debug("BoringSSL is not there", OpenSsl.unavailabilityCause());
            return new JdkContext(settings, workers);
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    static IllegalStateException noBoringSsl() {
        return new IllegalStateException(
                "engine: BoringSSL is not there for this system; netty-tcnative-boringssl-static has it for some, others need TlsEngine.AUTO or JDK",
                OpenSsl.unavailabilityCause());
    }
}
