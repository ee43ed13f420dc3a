package io.portolan.ftps.internal;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import io.portolan.core.internal.security.DataClaim;
import io.portolan.ftps.SessionResumption;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * BoringSSL: one native context for all sessions. What keeps them apart is BoringSSL's session-id context, which each connection takes over from the native context when it is made, which goes
 * into each ticket, and without which no ticket of another session is taken (RFC 5077 §4 leaves that to the server). That costs one call for each connection.
 */
final class BoringSslContext implements TlsContext {

    /** How long a control connection's session can be resumed: as long as one may be expected to last. */
    private static final long SESSION_SECONDS = TimeUnit.DAYS.toSeconds(1);

    private final ReferenceCountedOpenSslContext context;
    private final OpenSslServerSessionContext sessions;
    private final TicketKeys keysOfTickets = new TicketKeys(System::nanoTime);

    /** Whether data connections may resume the control connection's session. */
    private final boolean resumes;

    private long lastId;

    BoringSslContext(ServerTlsSettings settings, KeySource.Managed keys) throws SSLException, GeneralSecurityException {
        resumes = settings.resumption() != SessionResumption.OFF;
        context = (ReferenceCountedOpenSslContext) SslContextBuilder.forServer(
                        new OpenSslCachingX509KeyManagerFactory(new OneKeyManagerFactory(keys.manager())))
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .protocols(CipherSuites.PROTOCOLS)
                .ciphers(CipherSuites.of(settings.preset()))
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        Alpn.PROTOCOLS))
                .trustManager(settings.clients().judge())
                .clientAuth(
                        switch (settings.clients().demand()) {
                            case OFF -> io.netty.handler.ssl.ClientAuth.NONE;
                            case WANTED -> io.netty.handler.ssl.ClientAuth.OPTIONAL;
                            case NEEDED -> io.netty.handler.ssl.ClientAuth.REQUIRE;
                        })
                .sessionTimeout(SESSION_SECONDS)
                .build();
        sessions = (OpenSslServerSessionContext) context.sessionContext();
        sessions.setTicketKeys(keysOfTickets.forBoringSsl());
    }

    @Override
    public synchronized Session begin(@Nullable String host) {
        if (keysOfTickets.change()) {
            sessions.setTicketKeys(keysOfTickets.forBoringSsl());
        }
        return new BoringSession(newId(), host);
    }

    private synchronized byte[] newId() {
        return ByteBuffer.allocate(Long.BYTES).putLong(++lastId).array();
    }

    /** The only place where the native context is changed; event loops meet here, each for some microseconds. */
    private synchronized SslHandler newHandler(byte[] session, @Nullable String host, ByteBufAllocator allocator) {
        sessions.setSessionIdContext(session);
        // of a server's engine, the peer's name is nobody's business but the key manager's
        return host == null ? context.newHandler(allocator) : context.newHandler(allocator, host, -1);
    }

    @Override
    public void close() {
        context.release();
    }

    @Override
    public String toString() {
        return OpenSsl.versionString();
    }

    private final class BoringSession implements Session {
        private final byte[] id;
        private final @Nullable String host;
        private boolean closed;

        BoringSession(byte[] id, @Nullable String host) {
            this.id = id;
            this.host = host;
            context.retain();
        }

        @Override
        public SslHandler control(ByteBufAllocator allocator) {
            return newHandler(id, host, allocator);
        }

        @Override
        public SslHandler data(ByteBufAllocator allocator) {
            return newHandler(resumes ? id : newId(), host, allocator);
        }

        @Override
        public boolean isResumed(SslHandler data) {
            long pointer = ((ReferenceCountedOpenSslEngine) data.engine()).sslPointer();
            return pointer != 0 && SSL.isSessionReused(pointer);
        }

        /** By our own ticket; a session in BoringSSL's memory, for TLS 1.2 without tickets, is nobody's before the handshake. */
        @Override
        public Optional<DataClaim> claim() {
            return Optional.of(new HelloClaim() {
                @Override
                CompletionStage<Verdict> judge(ClientHello hello, byte[] said) {
                    return verdict(hello.tickets().stream()
                            .anyMatch(ticket -> keysOfTickets
                                    .sessionIdContext(ticket)
                                    .filter(context -> Arrays.equals(context, id))
                                    .isPresent()));
                }
            });
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                context.release();
            }
        }
    }
}
