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
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's engine: a context for each session, since what one has issued to be resumed no other takes. It costs some 30 µs, which is nothing against a handshake.
 */
final class JdkContext implements TlsContext {

    private final KeyManager[] keyManagers;
    private final String[] protocols;
    private final String[] suites;
    private final String provider;

    /** Seeded once; the JDK would make one for each context. */
    private final SecureRandom random = new SecureRandom();

    private final TrustManager[] trustManagers;
    private final ClientAuth.Demand demand;

    /** The steps of a handshake that cost most; they are not the event loops' work. */
    private final Executor workers;

    JdkContext(ServerTlsSettings settings, Executor workers) throws GeneralSecurityException {
        this.workers = workers;
        this.trustManagers = new TrustManager[] {settings.clients().judge()};
        this.demand = settings.clients().demand();
        this.keyManagers = new KeyManager[] {settings.keys().manager()};
        SSLContext trial = SSLContext.getInstance("TLS");
        trial.init(keyManagers, trustManagers, random);
        SSLParameters supported = trial.getSupportedSSLParameters();
        this.protocols = retain(CipherSuites.PROTOCOLS, supported.getProtocols());
        this.suites = retain(CipherSuites.of(settings.preset()), supported.getCipherSuites());
        this.provider =
                trial.getProvider().getName() + " " + trial.getProvider().getVersionStr();
    }

    private static String[] retain(List<String> wanted, String[] supported) {
        Set<String> known = new HashSet<>(Arrays.asList(supported));
        return wanted.stream().filter(known::contains).toArray(String[]::new);
    }

    @Override
    public Session begin(@Nullable String host) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers, trustManagers, random);
            return new JdkSession(context, host);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a context was made before, and now cannot be", e);
        }
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "the JDK's " + provider;
    }

    private final class JdkSession implements Session {
        private final SSLContext context;
        private final @Nullable String host;
        private @Nullable SSLEngine control;

        JdkSession(SSLContext context, @Nullable String host) {
            this.context = context;
            this.host = host;
        }

        private SslHandler newHandler() {
            // of a server's engine, the peer's name is nobody's business but the key manager's
            SSLEngine engine = host == null ? context.createSSLEngine() : context.createSSLEngine(host, -1);
            engine.setUseClientMode(false);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setProtocols(protocols);
            parameters.setCipherSuites(suites);
            parameters.setUseCipherSuitesOrder(true);
            parameters.setApplicationProtocols(Alpn.PROTOCOLS);
            switch (demand) {
                case OFF -> {}
                case WANTED -> parameters.setWantClientAuth(true);
                case NEEDED -> parameters.setNeedClientAuth(true);
            }
            engine.setSSLParameters(parameters);
            SslHandler handler = new SslHandler(engine, workers);
            // without new sessions a client of TLS 1.2 cannot negotiate again (RFC 5746 would let it)
            handler.handshakeFuture().addListener(done -> engine.setEnableSessionCreation(false));
            return handler;
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

        /** The JDK does not tell. But a session that is resumed keeps the time at which it was made, and this context has made none before the control connection's. */
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
