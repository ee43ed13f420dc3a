package io.portolan.ftps.internal;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.portolan.core.internal.security.DataProtectionException;
import io.portolan.core.internal.security.SessionSecurity;
import io.portolan.ftps.SessionResumption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** TLS of one session: its control connection, and the data connections that have to resume the TLS session of that. */
final class TlsSession implements SessionSecurity {

    /** How long a handshake may take: many round trips to the far side of the world, and a slow machine there. */
    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    /** How long a peer that does not read is waited for with the end that it is told. */
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** The handler's name on control connections. */
    private static final String TLS = "tls";

    private final ServerTlsSettings settings;
    private final TlsContext.Session context;
    private @Nullable SslHandler control;

    TlsSession(ServerTlsSettings settings, TlsContext.Session context) {
        this.settings = settings;
        this.context = context;
    }

    @Override
    public void protectControl(ChannelPipeline pipeline) {
        SslHandler handler = context.control(pipeline.channel().alloc());
        limit(handler);
        control = handler;
        pipeline.addFirst(TLS, handler);
    }

    @Override
    public void protectData(ChannelPipeline pipeline, boolean incoming) {
        SslHandler handler = context.data(pipeline.channel().alloc());
        limit(handler);
        HeldRecords held = incoming ? new HeldRecords() : null;
        if (held != null) {
            pipeline.addLast(held);
        }
        pipeline.addLast(handler);
        pipeline.addLast(new DataTls(handler, held, this::check));
    }

    private static void limit(SslHandler handler) {
        handler.setHandshakeTimeoutMillis(HANDSHAKE_TIMEOUT.toMillis());
        handler.setCloseNotifyFlushTimeoutMillis(CLOSE_TIMEOUT.toMillis());
    }

    /** Whether a data connection, whose handshake is done, is this client's. */
    private void check(SslHandler data) throws DataProtectionException {
        if (settings.resumption() == SessionResumption.REQUIRE && !context.isResumed(data)) {
            throw new DataProtectionException(
                    "The data connection must resume the TLS session of the control connection.");
        }
    }

    @Override
    public Future<Void> clearControl(ChannelPipeline pipeline) {
        ChannelHandlerContext ctx = pipeline.context(TLS);
        Promise<Void> cleared = pipeline.channel().eventLoop().newPromise();
        if (ctx == null || control == null) {
            return cleared.setFailure(new IllegalStateException("the connection is not protected"));
        }
        control.closeOutbound().addListener(closed -> {
            if (!closed.isSuccess()) {
                cleared.tryFailure(closed.cause());
            }
        });
        control.sslCloseFuture().addListener(closed -> {
            if (closed.isSuccess()) {
                pipeline.remove(TLS);
                cleared.trySuccess(null);
            } else {
                cleared.tryFailure(closed.cause());
            }
        });
        return cleared;
    }

    @Override
    public Optional<String> serverName() {
        return Optional.empty();
    }

    @Override
    public List<X509Certificate> clientCertificates() {
        return List.of();
    }

    @Override
    public void close() {
        context.close();
    }
}
