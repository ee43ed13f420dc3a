package io.portolan.ftps.internal;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.portolan.core.internal.security.DataClaim;
import io.portolan.core.internal.security.DataProtectionException;
import io.portolan.core.internal.security.SessionSecurity;
import io.portolan.ftps.SessionResumption;
import io.portolan.guard.ConnectionGate;
import io.portolan.session.Encryption;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS of one session: its control connection, and the data connections that have to resume the TLS session of that. */
final class TlsSession implements SessionSecurity {

    private static final Logger LOG = LoggerFactory.getLogger(TlsSession.class);

    /** How long a handshake may take: many round trips to the far side of the world, and a slow machine there. */
    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    /** How long a peer that does not read is waited for with the end that it is told. */
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private static final String ALPN = "tls-alpn";

    private final SessionResumption resumption;
    private final TlsContext.Session context;
    private final ConnectionGate handshakes;
    private final Predicate<String> isServerName;
    private @Nullable SslHandler control;
    private @Nullable Encryption encryption;
    private @Nullable String serverName;
    private List<X509Certificate> clientCertificates = List.of();

    TlsSession(ServerTlsSettings settings, TlsContext.Session context, ConnectionGate handshakes) {
        this.resumption = settings.resumption();
        this.isServerName = settings::isServerName;
        this.context = context;
        this.handshakes = handshakes;
    }

    @Override
    public void protectControl(ChannelPipeline pipeline) {
        if (ControlHandlers.areIn(pipeline)) {
            // said within TLS that is to end (CCC, REIN), whose end the client has not said; close() would wait for
            // that
            LOG.debug("{} begins TLS again before it has ended it", pipeline.channel());
            ControlHandlers.cut(pipeline);
            return;
        }
        if (!pipeline.channel().isOpen()) {
            // nobody would take the handler out again, and its native engine would stay
            return;
        }
        Optional<ConnectionGate.Slot> slot = pipeline.channel().remoteAddress() instanceof InetSocketAddress remote
                ? handshakes.enter(remote.getAddress())
                : Optional.empty();
        if (slot.isEmpty()) {
            LOG.debug("{} has too many handshakes under way", pipeline.channel());
            pipeline.channel().close();
            return;
        }
        try {
            shakeHands(pipeline, slot.get());
        } catch (RuntimeException | Error e) {
            slot.get().close();
            throw e;
        }
    }

    private void shakeHands(ChannelPipeline pipeline, ConnectionGate.Slot slot) {
        SslHandler handler = context.control(pipeline.channel().alloc());
        limit(handler);
        control = handler;
        handler.handshakeFuture().addListener(done -> {
            slot.close();
            if (done.isSuccess()) {
                learn(handler.engine().getSession());
            }
        });
        // whatever becomes of the handshake, it is not under way any more
        pipeline.channel().closeFuture().addListener(closed -> slot.close());
        ControlHandlers.add(pipeline, handler);
        pipeline.addFirst(ALPN, new HelloGate(isServerName));
    }

    /** What the client has told in its handshake; the engine does not outlive the connection. */
    private void learn(SSLSession session) {
        encryption = new Encryption(session.getProtocol(), session.getCipherSuite());
        serverName = ServerKeyManager.serverName(session);
        clientCertificates = chain(session);
    }

    /** What the peer has shown, its own first. */
    static List<X509Certificate> chain(SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException e) {
            LOG.trace("The peer has shown no certificate", e);
        }
        return List.copyOf(chain);
    }

    @Override
    public void protectData(ChannelPipeline pipeline, boolean incoming) {
        SslHandler handler = context.data(pipeline.channel().alloc());
        limit(handler);
        HeldRecords held = incoming ? new HeldRecords() : null;
        pipeline.addLast(new HelloGate(isServerName));
        pipeline.addLast(new UnreadLimit());
        if (held != null) {
            pipeline.addLast(held);
        }
        pipeline.addLast(new FailureWatch(handler));
        pipeline.addLast(handler);
        pipeline.addLast(DataTls.ofServer(handler, held, this::check));
    }

    private static void limit(SslHandler handler) {
        handler.setHandshakeTimeoutMillis(HANDSHAKE_TIMEOUT.toMillis());
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_TIMEOUT.toMillis());
    }

    /** Whether a data connection, whose handshake is done, is this client's. */
    private void check(SslHandler data) throws DataProtectionException {
        if (resumption == SessionResumption.REQUIRE && !context.isResumed(data) && !hasSameCertificate(data)) {
            throw new DataProtectionException(
                    "The data connection must resume the TLS session of the control connection.");
        }
    }

    /** Who holds the private key of the control connection's certificate is the same client too. */
    private boolean hasSameCertificate(SslHandler data) {
        if (clientCertificates.isEmpty()) {
            return false;
        }
        List<X509Certificate> shown = chain(data.engine().getSession());
        return !shown.isEmpty() && shown.get(0).equals(clientCertificates.get(0));
    }

    @Override
    public Future<Void> clearControl(ChannelPipeline pipeline) {
        SslHandler handler = control;
        if (handler == null || pipeline.context(handler) == null) {
            return pipeline.channel()
                    .eventLoop()
                    .newFailedFuture(new IllegalStateException("the connection is not protected"));
        }
        return ControlHandlers.clear(pipeline, handler);
    }

    @Override
    public Optional<String> serverName() {
        return Optional.ofNullable(serverName);
    }

    @Override
    public Optional<Encryption> encryption() {
        return Optional.ofNullable(encryption);
    }

    @Override
    public List<X509Certificate> clientCertificates() {
        return clientCertificates;
    }

    /** None for a client with a certificate, which may show that instead of a session, and behind its hello. */
    @Override
    public Optional<DataClaim> dataClaim() {
        return resumption == SessionResumption.REQUIRE && clientCertificates.isEmpty()
                ? context.claim()
                : Optional.empty();
    }

    @Override
    public void close() {
        context.close();
    }
}
