package io.portolan.ftps.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.portolan.core.internal.security.SessionSecurity;
import io.portolan.ftps.ServerTls;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.TlsKeys;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Keys that are changed while the server stops: each native context is let go once, which one that is not there any more shows by what it throws. */
class TlsServerTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    private static TlsServer open(TlsEngine engine) throws Exception {
        return (TlsServer) InMemory.mechanism(engine).open(InMemory.AT_ONCE);
    }

    private static TlsContext prepared(TlsServer server) {
        return server.prepare(InMemory.settings()).join();
    }

    private static void assertGone(TlsContext context) {
        assertThatThrownBy(() -> context.begin(null)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keysThatArePreparedWhenTheServerStopsGoWithIt() throws Exception {
        TlsServer server = open(TlsEngine.BORINGSSL);
        TlsContext made = prepared(server);
        server.close();
        assertGone(made);
        assertThat(server.use(made))
                .failsWithin(AT_ONCE)
                .withThrowableThat()
                .withCauseInstanceOf(RejectedExecutionException.class);
        // that it was let go already does not matter
        assertThat(server.drop(made)).succeedsWithin(AT_ONCE);
        server.close();
    }

    @Test
    void aServerThatHasStoppedPreparesNothing() throws Exception {
        TlsServer server = open(TlsEngine.BORINGSSL);
        server.close();
        CompletableFuture<TlsContext> refused = server.prepare(InMemory.settings());
        assertThat(refused)
                .failsWithin(AT_ONCE)
                .withThrowableThat()
                .withCauseInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void keysThatAreReplacedGoWithTheLastSessionOnThem() throws Exception {
        TlsServer server = open(TlsEngine.BORINGSSL);
        TlsContext first = prepared(server);
        server.use(first).join();
        SessionSecurity session = server.begin("TLS", null);
        TlsContext second = prepared(server);
        server.use(second).join();
        first.begin(null).close();
        session.close();
        session.close();
        assertGone(first);
        second.begin(null).close();
        server.close();
        assertGone(second);
    }

    @Test
    void keysThatAreNotTakenGoAtOnce() throws Exception {
        TlsServer server = open(TlsEngine.BORINGSSL);
        TlsContext made = prepared(server);
        server.drop(made).join();
        assertGone(made);
        server.drop(made).join();
        server.close();
    }

    /** What is not let go, or twice, the watch over native memory or the reload tells. */
    @EveryEngine
    void keysCanBeChangedWhileServersStop(TlsEngine engine) throws Exception {
        ServerTls tls = InMemory.mechanism(engine);
        TlsKeys keys = TlsKeys.selfSigned();
        for (int i = 0; i < 10; i++) {
            TlsFixture server = TlsFixture.serving(tls);
            AtomicBoolean stopped = new AtomicBoolean();
            CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> {
                while (!stopped.get()) {
                    tls.reload(keys);
                }
            });
            server.close();
            stopped.set(true);
            changes.join();
        }
    }

    @EveryEngine
    void theLogSaysOnceWhichEngineThereIs(TlsEngine engine) throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(TlsServer.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        try (TlsFixture server = TlsFixture.serving(InMemory.mechanism(engine))) {
            for (int i = 0; i < 2; i++) {
                TlsTestClient.explicit(server, TlsTestClient.Manner.of("TLSv1.3"))
                        .close();
            }
        } finally {
            logger.setLevel(null);
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .startsWith(engine == TlsEngine.JDK ? "TLS by the JDK's SunJSSE" : "TLS by BoringSSL");
    }

    @EveryEngine
    void nothingBeginsWhenTheServerHasStopped(TlsEngine engine) throws Exception {
        TlsServer server = open(engine);
        SessionSecurity before = server.begin("TLS", null);
        server.close();
        assertThatThrownBy(() -> server.begin("TLS", null)).isInstanceOf(IllegalStateException.class);
        before.close();
    }
}
