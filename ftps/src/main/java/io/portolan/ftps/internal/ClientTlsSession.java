package io.portolan.ftps.internal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.portolan.core.internal.security.ClientSessionSecurity;
import io.portolan.session.Encryption;
import java.nio.channels.ClosedChannelException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** TLS of one session of a client's: its control connection, and the data connections that resume the TLS session of that. */
final class ClientTlsSession implements ClientSessionSecurity {

    private final ClientContext.Session context;
    private final Duration handshakeTimeout;
    private final HandshakeFailures failures;
    private @Nullable SslHandler control;
    private @Nullable Encryption encryption;
    private @Nullable Boolean dataResumed;
    private List<X509Certificate> serverCertificates = List.of();

    ClientTlsSession(ClientContext.Session context, Duration handshakeTimeout, HandshakeFailures failures) {
        this.context = context;
        this.handshakeTimeout = handshakeTimeout;
        this.failures = failures;
    }

    @Override
    public Future<Void> protectControl(ChannelPipeline pipeline) {
        Channel channel = pipeline.channel();
        Promise<Void> ready = channel.eventLoop().newPromise();
        if (!channel.isOpen()) {
            // nobody would take the handler out again, and its native engine would stay
            return ready.setFailure(failures.ofHandshake(new ClosedChannelException()));
        }
        if (ControlHandlers.areIn(pipeline)) {
            return ready.setFailure(new IllegalStateException("the connection is protected already"));
        }
        SslHandler handler = context.control(channel.alloc());
        limit(handler);
        control = handler;
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                learn(handler.engine().getSession());
                ready.trySuccess(null);
            } else {
                ready.tryFailure(failures.ofHandshake(done.cause()));
            }
        });
        ControlHandlers.add(pipeline, handler, new ControlFailures(handler, failures));
        return ready;
    }

    /** What the server has shown in the handshake; the engine does not outlive the connection. */
    private void learn(SSLSession session) {
        encryption = new Encryption(session.getProtocol(), session.getCipherSuite());
        serverCertificates = TlsSession.chain(session);
    }

    @Override
    public void protectData(ChannelPipeline pipeline, boolean incoming) {
        SslHandler handler = context.data(pipeline.channel().alloc());
        limit(handler);
        pipeline.addLast(new UnreadLimit());
        pipeline.addLast(new FailureWatch(handler));
        pipeline.addLast(handler);
        pipeline.addLast(DataTls.ofClient(
                handler,
                incoming,
                () -> context.begun(handler),
                () -> dataResumed = context.isResumed(handler),
                failures::ofDataHandshake));
    }

    private void limit(SslHandler handler) {
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        handler.setCloseNotifyFlushTimeoutMillis(TlsSession.CLOSE_TIMEOUT.toMillis());
    }

    @Override
    public Future<Void> clearControl(ChannelPipeline pipeline) {
        SslHandler handler = control;
        Promise<Void> cleared = pipeline.channel().eventLoop().newPromise();
        if (handler == null || pipeline.context(handler) == null) {
            return cleared.setFailure(new IllegalStateException("the connection is not protected"));
        }
        ControlHandlers.clear(pipeline, handler).addListener(done -> {
            if (done.isSuccess()) {
                cleared.trySuccess(null);
            } else {
                cleared.tryFailure(failures.ofConnection(done.cause()));
            }
        });
        Future<?> patience = pipeline.channel()
                .eventLoop()
                .schedule(
                        () -> cleared.tryFailure(
                                failures.ofConnection(new SSLException("it does not end TLS, as CCC asks of it"))),
                        handshakeTimeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        cleared.addListener(done -> patience.cancel(false));
        return cleared;
    }

    @Override
    public Optional<Encryption> encryption() {
        return Optional.ofNullable(encryption);
    }

    @Override
    public List<X509Certificate> serverCertificates() {
        return serverCertificates;
    }

    @Override
    public Optional<Boolean> isDataResumed() {
        return Optional.ofNullable(dataResumed);
    }

    @Override
    public void close() {
        context.close();
    }
}
