package io.portolan.ftps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.ftps.testing.EveryVersion;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import io.portolan.session.SessionInfo;
import io.portolan.session.SessionListener;
import io.portolan.session.TransferInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Listeners hear what was encrypted, and by what. */
class EncryptionToldTest {

    private static final byte[] SOME = "0123456789".getBytes(StandardCharsets.US_ASCII);

    /** What was told, in its order. */
    private static final class Recorder implements SessionListener {
        private final List<String> told = new CopyOnWriteArrayList<>();

        private static String control(SessionInfo session) {
            return session.encryption()
                    .map(by -> by.protocol() + " " + by.cipher().replaceFirst("_.*", ""))
                    .orElse("clear");
        }

        @Override
        public void loggedIn(SessionInfo session) {
            told.add("login " + control(session));
        }

        @Override
        public void transferStarted(SessionInfo session, TransferInfo transfer) {
            told.add("begins " + transfer.encrypted());
        }

        @Override
        public void transferCompleted(SessionInfo session, TransferInfo transfer) {
            told.add("ends " + transfer.encrypted() + " " + control(session));
        }

        @Override
        public void transferAborted(SessionInfo session, TransferInfo transfer, Throwable cause) {
            told.add("aborted " + transfer.encrypted());
        }

        void expect(String... lines) {
            await().untilAsserted(() -> assertThat(told).containsExactly(lines));
            told.clear();
        }
    }

    private final Recorder recorder = new Recorder();

    private TlsFixture server(TlsEngine engine) {
        ServerTls tls = ServerTls.builder()
                .keys(TlsKeys.selfSigned())
                .engine(engine)
                .requiredForLogin(false)
                .requiredForData(false)
                .allowClearControl(true)
                .build();
        return TlsFixture.serving(tls, builder -> builder.listener(recorder));
    }

    @EveryVersion
    void theControlConnectionsAndTheDatasAreTwoThings(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = server(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            client.login();
            recorder.expect("login " + version + " TLS");
            client.upload("STOR file", SOME);
            recorder.expect("begins true", "ends true " + version + " TLS");
            client.expect(200, "PROT C");
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, "RETR file");
                assertThat(data.raw().getInputStream().readAllBytes()).isEqualTo(SOME);
                client.expect(226);
            }
            recorder.expect("begins false", "ends false " + version + " TLS");
        }
    }

    @EveryVersion
    void ofASessionThatEndsInATransferItIsTrueToTheEnd(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = server(engine)) {
            try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
                client.login();
                try (TlsTestClient.Data data = client.passive()) {
                    client.expect(150, "STOR file");
                    data.write(SOME);
                    client.raw().close();
                }
            }
            recorder.expect("login " + version + " TLS", "begins true", "aborted true");
        }
    }

    @Test
    void whatIsInTheClearIsInTheClear() throws Exception {
        try (TlsFixture server = server(TlsEngine.AUTO);
                TlsTestClient client = TlsTestClient.plain(server, Manner.of("TLSv1.3"))) {
            client.expect(220);
            client.expect(331, "USER " + TlsFixture.USER);
            client.expect(230, "PASS " + TlsFixture.PASSWORD);
            recorder.expect("login clear");
        }
    }

    @Test
    void afterCccThereIsNone() throws Exception {
        try (TlsFixture server = server(TlsEngine.AUTO);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.2"))) {
            client.login();
            assertThat(server.server().sessions().get(0).encryption()).isPresent();
            client.expect(200, "CCC");
            await().until(() -> server.server().sessions().get(0).encryption().isEmpty());
        }
    }
}
