package io.portolan.ftps.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.portolan.ftps.SessionResumption;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.TlsPreset;
import io.portolan.ftps.testing.TrustsEverybody;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which data connections are known as those of a session, where each session has a context of the JDK's, and where all have one that was given. */
class JdkContextTest {

    private static final KeySource.Entries KEYS = new KeySource.Entries(List.of(SelfSigned.make(List.of())));

    static Stream<Arguments> contexts() throws GeneralSecurityException {
        return Stream.of(KEYS, new KeySource.Context(given()))
                .flatMap(keys -> Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(keys, version)));
    }

    static SSLContext given() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {KEYS.manager()}, null, null);
        return context;
    }

    private static JdkContext context(KeySource keys) throws GeneralSecurityException {
        return new JdkContext(
                new ServerTlsSettings(
                        keys,
                        ClientAuth.OFF,
                        TlsEngine.JDK,
                        TlsPreset.MODERN,
                        SessionResumption.REQUIRE,
                        true,
                        true,
                        false,
                        List.of()),
                Runnable::run);
    }

    /** Has a client shake hands, with the session that it has last got if it has one. */
    private static void shakeHands(SSLEngine server, SSLContext client, String version) throws SSLException {
        SSLEngine peer = client.createSSLEngine("localhost", 21);
        peer.setUseClientMode(true);
        peer.setEnabledProtocols(new String[] {version});
        Pump there = new Pump(peer, server);
        Pump back = new Pump(server, peer);
        boolean moved = true;
        while (moved) {
            boolean out = there.move();
            moved = back.move() || out;
        }
        assertThat(server.getSession().getProtocol()).isEqualTo(version);
    }

    /** What one engine has to tell the other. */
    private static final class Pump {
        private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

        private final SSLEngine from;
        private final SSLEngine to;
        private final ByteBuffer records = ByteBuffer.allocate(1 << 17);
        private final ByteBuffer data = ByteBuffer.allocate(1 << 15);

        Pump(SSLEngine from, SSLEngine to) {
            this.from = from;
            this.to = to;
        }

        boolean move() throws SSLException {
            int produced = from.wrap(NOTHING, records).bytesProduced();
            work(from);
            records.flip();
            int consumed = records.hasRemaining() ? to.unwrap(records, data).bytesConsumed() : 0;
            work(to);
            records.compact();
            return produced > 0 || consumed > 0;
        }

        private static void work(SSLEngine engine) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        }
    }

    private static TlsContext.Session begun(TlsContext context, SSLContext client, String version) throws SSLException {
        TlsContext.Session session = context.begin(null);
        shakeHands(session.control(UnpooledByteBufAllocator.DEFAULT).engine(), client, version);
        return session;
    }

    private static boolean isResumed(TlsContext.Session session, SSLContext client, String version)
            throws SSLException {
        SslHandler data = session.data(UnpooledByteBufAllocator.DEFAULT);
        shakeHands(data.engine(), client, version);
        return session.isResumed(data);
    }

    @ParameterizedTest
    @MethodSource("contexts")
    void aDataConnectionThatResumesIsKnownHoweverOftenThereIsOne(KeySource keys, String version) throws Exception {
        SSLContext client = TrustsEverybody.context();
        TlsContext.Session session = begun(context(keys), client, version);
        for (int i = 0; i < 20; i++) {
            assertThat(isResumed(session, client, version)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("contexts")
    void aNewSessionIsNone(KeySource keys, String version) throws Exception {
        TlsContext.Session session = begun(context(keys), TrustsEverybody.context(), version);
        assertThat(isResumed(session, TrustsEverybody.context(), version)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("contexts")
    void theTicketOfAnotherSessionIsNone(KeySource keys, String version) throws Exception {
        JdkContext context = context(keys);
        // many, as sessions that begin within a millisecond must not be taken for one
        for (int i = 0; i < 20; i++) {
            SSLContext thief = TrustsEverybody.context();
            TlsContext.Session session = begun(context, TrustsEverybody.context(), version);
            TlsContext.Session thiefs = begun(context, thief, version);
            assertThat(isResumed(session, thief, version)).isFalse();
            assertThat(isResumed(thiefs, thief, version)).isEqualTo(keys instanceof KeySource.Context);
        }
    }

    @ParameterizedTest
    @MethodSource("contexts")
    void whatSomebodyElseHasIssuedInTheSameContextOpensNothing(KeySource keys, String version) throws Exception {
        if (!(keys instanceof KeySource.Context given)) {
            return;
        }
        SSLContext client = TrustsEverybody.context();
        // such as a web server, which says the same name of all its clients, or none
        for (SSLEngine elsewhere :
                List.of(given.context().createSSLEngine(), given.context().createSSLEngine("192.0.2.1", 443))) {
            elsewhere.setUseClientMode(false);
            shakeHands(elsewhere, client, version);
            TlsContext.Session session = begun(context(keys), client, version);
            assertThat(isResumed(session, client, version)).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("contexts")
    void aClientMayResumeForAnotherControlConnectionAndGoesOnWithThat(KeySource keys, String version) throws Exception {
        SSLContext client = TrustsEverybody.context();
        JdkContext context = context(keys);
        begun(context, client, version);
        TlsContext.Session second = begun(context, client, version);
        assertThat(isResumed(second, client, version)).isTrue();
    }
}
