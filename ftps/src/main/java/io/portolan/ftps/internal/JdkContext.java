package io.portolan.ftps.internal;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.portolan.core.internal.security.DataClaim;
import io.portolan.ftps.SessionResumption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's engine. With keys there is a context for each session, since what one has issued to be resumed no other takes. It costs some 30 µs, which is nothing against a handshake. With a context that was
 * given, which all sessions share, each has a name in it, see {@link SharedSession}.
 */
final class JdkContext implements TlsContext {

    /** What all sessions share, or null. */
    private final @Nullable SSLContext given;

    private final KeyManager[] keyManagers;
    private final String[] protocols;
    private final String[] suites;
    private final String provider;

    /** Seeded once; the JDK would make one for each context. */
    private final SecureRandom random = new SecureRandom();

    private final TrustManager[] trustManagers;
    private final ClientAuth.Demand demand;

    /** Whether data connections may resume the control connection's session. */
    private final boolean resumes;

    /** The steps of a handshake that cost most; they are not the event loops' work. */
    private final Executor workers;

    JdkContext(ServerTlsSettings settings, Executor workers) throws GeneralSecurityException {
        this.workers = workers;
        this.resumes = settings.resumption() != SessionResumption.OFF;
        this.trustManagers = new TrustManager[] {settings.clients().judge()};
        this.demand = settings.clients().demand();
        this.given = settings.keys() instanceof KeySource.Context context ? context.context() : null;
        this.keyManagers = settings.keys() instanceof KeySource.Managed keys
                ? new KeyManager[] {new KeysForTrials(keys.manager())}
                : new KeyManager[0];
        SSLContext trial = given == null ? newContext() : given;
        SSLParameters supported = trial.getSupportedSSLParameters();
        this.protocols = retain(CipherSuites.PROTOCOLS, supported.getProtocols());
        this.suites = retain(CipherSuites.of(settings.preset()), supported.getCipherSuites());
        if (protocols.length == 0 || suites.length == 0) {
            throw new GeneralSecurityException(
                    "the SSLContext has no version of TLS, or no cipher suite, that is safe");
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
    public Session begin(@Nullable String host) {
        SSLContext shared = given;
        if (shared != null) {
            return new SharedSession(shared);
        }
        return new OwnSession(anotherContext(), host);
    }

    private SSLContext anotherContext() {
        try {
            return newContext();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a context was made before, and now cannot be", e);
        }
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "the JDK's " + provider + (given == null ? "" : ", with the SSLContext that was given");
    }

    private abstract class JdkSession implements Session {
        private @Nullable SSLEngine control;

        /** What the control connection and a data connection have come to; both handshakes are done. */
        abstract boolean isResumed(SSLSession ofControl, SSLSession ofData);

        abstract SSLEngine newControlEngine();

        abstract SSLEngine newDataEngine();

        private SslHandler newHandler(SSLEngine engine) {
            configure(engine);
            return new SslHandler(new NoRenegotiation(engine), workers);
        }

        final void configure(SSLEngine engine) {
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
        }

        @Override
        public SslHandler control(ByteBufAllocator allocator) {
            SslHandler handler = newHandler(newControlEngine());
            control = handler.engine();
            return handler;
        }

        @Override
        public SslHandler data(ByteBufAllocator allocator) {
            return newHandler(newDataEngine());
        }

        @Override
        public final boolean isResumed(SslHandler data) {
            return control != null
                    && isResumed(control.getSession(), data.engine().getSession());
        }

        @Override
        public void close() {}
    }

    /** A session with a context of its own. */
    private final class OwnSession extends JdkSession {
        private final SSLContext context;
        private final @Nullable String host;

        OwnSession(SSLContext context, @Nullable String host) {
            this.context = context;
            this.host = host;
        }

        @Override
        SSLEngine newControlEngine() {
            return newEngine(context);
        }

        @Override
        SSLEngine newDataEngine() {
            return newEngine(resumes ? context : anotherContext());
        }

        private SSLEngine newEngine(SSLContext of) {
            // of a server's engine, the peer's name is nobody's business but the key manager's
            return host == null ? of.createSSLEngine() : of.createSSLEngine(host, -1);
        }

        @Override
        public Optional<DataClaim> claim() {
            return Optional.of(new JdkClaim(context, this::newTrialEngine, workers));
        }

        private SSLEngine newTrialEngine() {
            SSLEngine engine = context.createSSLEngine(host, KeysForTrials.TRIAL);
            configure(engine);
            return engine;
        }

        /** The JDK does not tell. But a session that is resumed keeps the time at which it was made, and this context has made none before the control connection's. */
        @Override
        boolean isResumed(SSLSession ofControl, SSLSession ofData) {
            return ofControl.getCreationTime() == ofData.getCreationTime();
        }
    }

    /**
     * A session among others in one context, any of whose tickets a data connection may show. The JDK keeps the peer's name of a session, which of a server's is nobody's business, with the session: in its memory
     * or, encrypted, in the ticket. So the control connection's is one that nobody can guess, and a data connection is resumed from it if it has come to the same. A client that has resumed a former
     * control connection's session has that one's name, and its secrets as well.
     */
    private final class SharedSession extends JdkSession {

        /** No engine of anybody else's who has the same context, such as a web server, says that its peer has such a name. */
        private static final String PREFIX = "portolan-session-";

        private static final int NAME_BYTES = 16;

        private final SSLContext context;

        SharedSession(SSLContext context) {
            this.context = context;
        }

        @Override
        SSLEngine newControlEngine() {
            byte[] name = new byte[NAME_BYTES];
            random.nextBytes(name);
            return context.createSSLEngine(PREFIX + HexFormat.of().formatHex(name), -1);
        }

        @Override
        SSLEngine newDataEngine() {
            return context.createSSLEngine();
        }

        /** None: who resumes what is known after the handshake only, for which the owner of the context has keys at hand. */
        @Override
        public Optional<DataClaim> claim() {
            return Optional.empty();
        }

        @Override
        boolean isResumed(SSLSession ofControl, SSLSession ofData) {
            String name = ofControl.getPeerHost();
            return name != null && name.startsWith(PREFIX) && name.equals(ofData.getPeerHost());
        }
    }
}
