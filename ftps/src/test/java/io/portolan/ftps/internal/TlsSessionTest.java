package io.portolan.ftps.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.portolan.core.internal.security.DataClaim;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.guard.ConnectionGate;
import io.portolan.guard.ConnectionLimits;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** TLS on control connections, with what comes at the worst time. */
class TlsSessionTest {

    private static final String TLS_1_3 = "TLSv1.3";

    // --- CCC

    /** RFC 4217 §12.2: what follows the client's close_notify is in the clear, and nothing before. */
    @EveryEngine
    void cccThatComesWithTheEndOfTheHandshakeWaitsForCloseNotify(TlsEngine engine) throws Exception {
        try (InMemory connection = InMemory.control(engine, SslProvider.OPENSSL_REFCNT, TLS_1_3)) {
            connection.serverLog.whenRead = (ctx, text) -> {
                if (text.equals("CCC")) {
                    ctx.channel().writeAndFlush(Unpooled.copiedBuffer("200", StandardCharsets.US_ASCII));
                    connection.session.clearControl(ctx.pipeline());
                }
            };
            connection.toServer(connection.fromClient());
            connection.toClient();
            ByteBuf finished = connection.fromClient();
            assertThat(finished.isReadable()).isTrue();
            connection.clientSays("CCC");
            connection.toServer(Unpooled.wrappedBuffer(finished, connection.fromClient()));
            assertThat(connection.serverLog.text()).isEqualTo("CCC");
            assertThat(connection.server.pipeline().get(SslHandler.class)).isNotNull();
            connection.toClient();
            assertThat(connection.clientLog.text()).isEqualTo("200");

            connection.clientTls().closeOutbound();
            ByteBuf end = connection.fromClient();
            end.writeCharSequence("NOOP", StandardCharsets.US_ASCII);
            connection.toServer(end);
            assertThat(connection.serverLog.text()).isEqualTo("CCCNOOP");
            assertThat(connection.server.pipeline().get(SslHandler.class)).isNull();
            assertThat(connection.serverLog.failures).isEmpty();
        }
    }

    // --- renegotiation

    /** RFC 5246 §7.4.1.2 lets clients begin it whenever they like. */
    @EveryEngine
    void whoNegotiatesAgainIsToldNoAtOnce(TlsEngine engine) throws Exception {
        try (InMemory connection = InMemory.control(engine, SslProvider.JDK, "TLSv1.2")) {
            connection.carry();
            connection.clientTls().renegotiate();
            connection.toServer(connection.fromClient());
            connection.server.runPendingTasks();
            assertThat(connection.serverLog.failures).hasSize(1);
            connection.toClient();
            assertThat(connection.clientLog.failures).hasSize(1);
            assertThat(connection.clientLog.failures.get(0)).hasMessageContaining("fatal alert");
        }
    }

    // --- key updates

    /** RFC 8446 §4.6.3: whoever is asked for new keys has to answer; but not who never hears the answer. */
    @EveryEngine
    void newKeysAreNotGivenForEverToWhoDoesNotRead(TlsEngine engine) throws Exception {
        notGivenForEver(engine, InMemory.control(engine, SslProvider.JDK, TLS_1_3));
        notGivenForEver(engine, InMemory.data(engine, SslProvider.JDK, TLS_1_3, true));
        notGivenForEver(engine, InMemory.data(engine, SslProvider.JDK, TLS_1_3, false));
    }

    private static void notGivenForEver(TlsEngine engine, InMemory connection) throws Exception {
        try (connection) {
            connection.carry();
            connection.server.unread = true;
            for (int asked = 0; asked < 2 * UnreadLimit.LIMIT && connection.server.isOpen(); asked++) {
                connection.clientTls().engine().beginHandshake();
                // with something to read, as some engines count the updates between
                connection.clientSays("x");
                connection.toServer(connection.fromClient());
                connection.server.runPendingTasks();
            }
            // BoringSSL has one answer for all that it was asked since it wrote something else
            if (engine == TlsEngine.JDK) {
                assertThat(connection.server.isOpen()).isFalse();
                assertThat(connection.serverLog.failures).hasSize(1).first().isInstanceOf(SSLException.class);
            } else {
                assertThat(connection.server.unsafe().outboundBuffer().size()).isLessThan(10);
            }
        }
    }

    @EveryEngine
    void whoReadsGetsNewKeysAsOftenAsItLikes(TlsEngine engine) throws Exception {
        try (InMemory connection = InMemory.control(engine, SslProvider.JDK, TLS_1_3)) {
            connection.carry();
            for (int i = 0; i < 2 * UnreadLimit.LIMIT; i++) {
                connection.clientTls().engine().beginHandshake();
                connection.clientSays("x");
                connection.carry();
            }
            assertThat(connection.server.isOpen()).isTrue();
            assertThat(connection.serverLog.text()).hasSize(2 * UnreadLimit.LIMIT);
        }
    }

    // --- the places of handshakes that are under way

    private final ConnectionGate handshakes =
            new ConnectionGate(ConnectionLimits.builder().total(1).perAddress(1).build());

    private int underWay() {
        return handshakes.connections(InMemory.PEER.getAddress());
    }

    /** What a server begins, which waits for a client that says nothing. */
    private static SslHandler begun() {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(false);
            return new SslHandler(engine);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private TlsSession session(Supplier<SslHandler> handlers) {
        TlsContext.Session context = new TlsContext.Session() {
            @Override
            public SslHandler control(ByteBufAllocator allocator) {
                return handlers.get();
            }

            @Override
            public SslHandler data(ByteBufAllocator allocator) {
                return handlers.get();
            }

            @Override
            public boolean isResumed(SslHandler data) {
                return false;
            }

            @Override
            public Optional<DataClaim> claim() {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
        return new TlsSession(InMemory.settings(), context, handshakes);
    }

    private void endsWith(Consumer<InMemory.Connection> end) {
        InMemory.Connection connection = new InMemory.Connection();
        connection.pipeline().addLast(new InMemory.Log());
        session(TlsSessionTest::begun).protectControl(connection.pipeline());
        assertThat(underWay()).isEqualTo(1);
        end.accept(connection);
        assertThat(underWay()).isZero();
        connection.finishAndReleaseAll();
        assertThat(underWay()).isZero();
    }

    @Test
    void aHandshakeIsUnderWayUntilTheConnectionEnds() {
        endsWith(InMemory.Connection::close);
        endsWith(InMemory.Connection::disconnect);
    }

    @Test
    void aHandshakeIsUnderWayUntilItFails() {
        endsWith(connection -> connection.writeInbound(Unpooled.copiedBuffer("NOOP\r\n", StandardCharsets.US_ASCII)));
        endsWith(connection -> {
            connection.advanceTimeBy(TlsSession.HANDSHAKE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            connection.runScheduledPendingTasks();
        });
    }

    @Test
    void aHandshakeIsUnderWayUntilTlsIsTakenOut() {
        endsWith(connection -> connection.pipeline().remove(SslHandler.class));
    }

    @Test
    void aHandshakeThatCannotBeginIsNotUnderWay() {
        InMemory.Connection connection = new InMemory.Connection();
        TlsSession session = session(() -> {
            throw new IllegalStateException("no memory");
        });
        assertThatThrownBy(() -> session.protectControl(connection.pipeline())).hasMessage("no memory");
        assertThat(underWay()).isZero();
        connection.finishAndReleaseAll();
    }

    @Test
    void nothingBeginsOnAConnectionThatIsOver() {
        InMemory.Connection connection = new InMemory.Connection();
        connection.close();
        session(TlsSessionTest::begun).protectControl(connection.pipeline());
        assertThat(underWay()).isZero();
        assertThat(connection.pipeline().get(SslHandler.class)).isNull();
        connection.finishAndReleaseAll();
    }
}
