package io.portolan.ftps.internal;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The JDK's engine, with a context for each session. That costs some 30 µs. It keeps sessions by the server's name and port, so that those of data connections are told the control connection's port. */
final class JdkClientContext implements ClientContext {

    private final KeyManager[] keyManagers;
    private final TrustManager[] trustManagers;
    private final String[] protocols;
    private final String[] suites;
    private final boolean applicationProtocol;
    private final String provider;

    /** Seeded once; the JDK would make one for each context. */
    private final SecureRandom random = new SecureRandom();

    /** The steps of a handshake that cost most; they are not the event loops' work. */
    private final Executor workers;

    JdkClientContext(ClientTlsSettings settings, ServerJudge judge, Executor workers) throws GeneralSecurityException {
        this.workers = workers;
        this.keyManagers = settings.keyManager().stream().toArray(KeyManager[]::new);
        this.trustManagers = new TrustManager[] {judge};
        this.applicationProtocol = settings.applicationProtocol();
        SSLContext trial = newContext();
        SSLParameters supported = trial.getSupportedSSLParameters();
        this.protocols = retain(settings.protocols(), supported.getProtocols());
        this.suites = retain(CipherSuites.of(settings.preset()), supported.getCipherSuites());
        if (protocols.length == 0 || suites.length == 0) {
            throw new GeneralSecurityException("this JVM has no version of TLS, or no cipher suite, that is safe");
        }
        this.provider =
                trial.getProvider().getName() + " " + trial.getProvider().getVersionStr();
    }

    private SSLContext newContext() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers, trustManagers, random);
        return context;
    }

    private static String[] retain(List<String> wanted, String[] supported) {
        Set<String> known = new HashSet<>(Arrays.asList(supported));
        return wanted.stream().filter(known::contains).toArray(String[]::new);
    }

    @Override
    public Session begin(String host, int port) throws SSLException {
        try {
            return new JdkSession(newContext(), host, port);
        } catch (GeneralSecurityException e) {
            throw new SSLException("a context was made before, and now cannot be", e);
        }
    }

    @Override
    public String toString() {
        return "the JDK's " + provider;
    }

    private final class JdkSession implements Session {
        private final SSLContext context;
        private final String host;
        private final int port;
        private @Nullable SSLEngine control;

        JdkSession(SSLContext context, String host, int port) {
            this.context = context;
            this.host = host;
            this.port = port;
        }

        private SslHandler newHandler() {
            SSLEngine engine = context.createSSLEngine(host, port);
            engine.setUseClientMode(true);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setProtocols(protocols);
            parameters.setCipherSuites(suites);
            parameters.setEndpointIdentificationAlgorithm(ClientContexts.NAMES_AS_IN_HTTPS);
            if (applicationProtocol) {
                parameters.setApplicationProtocols(Alpn.PROTOCOLS);
            }
            engine.setSSLParameters(parameters);
            return new SslHandler(new NoRenegotiation(engine), workers);
        }

        @Override
        public SslHandler control(ByteBufAllocator allocator) {
            SslHandler handler = newHandler();
            control = handler.engine();
            return handler;
        }

        @Override
        public SslHandler data(ByteBufAllocator allocator) {
            return newHandler();
        }

        @Override
        public void begun(SslHandler data) {}

        /** The JDK does not tell. But a session that is resumed keeps the time at which it was made, and the control connection's was made at least a round trip before any other. */
        @Override
        public boolean isResumed(SslHandler data) {
            return control != null
                    && control.getSession().getCreationTime()
                            == data.engine().getSession().getCreationTime();
        }

        @Override
        public void close() {}
    }
}
