package io.portolan.ftps.internal;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/** BoringSSL, with a native context for each session, whose sessions and tickets are freed with it. */
final class BoringSslClientContext implements ClientContext {

    /** How long a control connection's session is offered: as long as one may be expected to last. */
    private static final long SESSION_SECONDS = TimeUnit.DAYS.toSeconds(1);

    /** How many sessions and tickets are kept: each data connection takes one and may bring two. */
    private static final long SESSIONS = 16;

    private final ClientTlsSettings settings;
    private final ServerJudge judge;
    private final Optional<KeyManagerFactory> keys;

    BoringSslClientContext(ClientTlsSettings settings, ServerJudge judge) {
        this.settings = settings;
        this.judge = judge;
        this.keys = settings.keyManager()
                .map(manager -> new OpenSslCachingX509KeyManagerFactory(new OneKeyManagerFactory(manager)));
    }

    private ReferenceCountedOpenSslContext newContext() throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .protocols(settings.protocols())
                .ciphers(CipherSuites.of(settings.preset()))
                .trustManager(judge)
                .endpointIdentificationAlgorithm(ClientContexts.NAMES_AS_IN_HTTPS)
                .sessionCacheSize(SESSIONS)
                .sessionTimeout(SESSION_SECONDS);
        keys.ifPresent(builder::keyManager);
        if (settings.applicationProtocol()) {
            builder.applicationProtocolConfig(new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    Alpn.PROTOCOLS));
        }
        ReferenceCountedOpenSslContext context = (ReferenceCountedOpenSslContext) builder.build();
        OpenSslSessionContext sessions = context.sessionContext();
        // what a property of the whole JVM could have turned off
        sessions.setSessionCacheEnabled(true);
        // with TLS 1.2, too; a client has no keys of tickets, and this is how to say that it takes them
        sessions.setTicketKeys();
        return context;
    }

    @Override
    public Session begin(String host, int port) throws SSLException {
        return new BoringSession(newContext(), host, port);
    }

    @Override
    public String toString() {
        return OpenSsl.versionString();
    }

    private static final class BoringSession implements Session {
        private final ReferenceCountedOpenSslContext context;
        private final String host;
        private final int port;
        private final BoringSslSessions sessions = new BoringSslSessions();
        private boolean closed;

        BoringSession(ReferenceCountedOpenSslContext context, String host, int port) {
            this.context = context;
            this.host = host;
            this.port = port;
        }

        private static long pointer(SslHandler handler) {
            return ((ReferenceCountedOpenSslEngine) handler.engine()).sslPointer();
        }

        @Override
        public SslHandler control(ByteBufAllocator allocator) {
            return context.newHandler(allocator, host, port);
        }

        @Override
        public SslHandler data(ByteBufAllocator allocator) {
            SslHandler handler = context.newHandler(allocator, host, port);
            sessions.offer(pointer(handler));
            return handler;
        }

        @Override
        public void begun(SslHandler data) {
            long pointer = pointer(data);
            if (pointer != 0 && !closed) {
                sessions.offered(pointer);
            }
        }

        @Override
        public boolean isResumed(SslHandler data) {
            long pointer = pointer(data);
            return pointer != 0 && SSL.isSessionReused(pointer);
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                sessions.close();
                context.release();
            }
        }
    }
}
