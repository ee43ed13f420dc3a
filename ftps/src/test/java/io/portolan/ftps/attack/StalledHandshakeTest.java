package io.portolan.ftps.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Peers that begin a handshake and then do nothing, which is all that it takes to occupy a server that waits for them in threads. */
class StalledHandshakeTest {

    private static final int MANY = 60;
    private static final Duration SHORT = Duration.ofSeconds(2);

    /** Whatever else this JVM begins meanwhile. */
    private static final int THREADS_TO_SPARE = 8;

    @EveryEngine
    void onControlConnectionsTheyAreWaitedForWithoutThreadsAndNotForLong(TlsEngine engine) throws Exception {
        try (TlsFixture server = Servers.with(engine, timeouts -> timeouts.withLogin(SHORT))) {
            byte[] hello = hello(server);
            int threads = Thread.activeCount();
            List<TlsTestClient> silent = new ArrayList<>();
            try {
                for (int i = 0; i < MANY; i++) {
                    TlsTestClient client;
                    if (i % 2 == 0) {
                        client = TlsTestClient.plain(server, Manner.of("TLSv1.3"));
                        client.expect(220);
                        client.expect(234, "AUTH TLS");
                    } else {
                        client = TlsTestClient.implicitUnprotected(server, Manner.of("TLSv1.3"));
                    }
                    silent.add(client);
                    // nothing, some octets, or all but the last one
                    int said = i % 3 == 0 ? 0 : i % 3 == 1 ? 20 : hello.length - 1;
                    client.raw().getOutputStream().write(hello, 0, said);
                }
                assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + THREADS_TO_SPARE);
                for (TlsTestClient client : silent) {
                    expectNoWordInTheClear(client.raw());
                }
                await().until(() -> server.server().sessions().isEmpty());
            } finally {
                for (TlsTestClient client : silent) {
                    client.close();
                }
            }
        }
    }

    private static byte[] hello(TlsFixture server) throws IOException {
        try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.3"))) {
            return client.tls().hello();
        }
    }

    /** An alert may come, but no reply: it would be said to whom it is not meant for. */
    private static void expectNoWordInTheClear(Socket socket) throws IOException {
        byte[] all;
        try {
            all = socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException reset) {
            return;
        }
        assertThat(all.length == 0 || all[0] == 21)
                .as("what came: %s", Arrays.toString(all))
                .isTrue();
    }

    @EveryEngine
    void onDataConnectionsTheyEndTheTransferAndOthersNeverNotice(TlsEngine engine) throws Exception {
        try (TlsFixture server = Servers.with(engine, timeouts -> timeouts.withStall(SHORT))) {
            byte[] hello = hello(server);
            server.write("/file", new byte[] {1});
            for (String command : new String[] {"RETR file", "STOR file"}) {
                for (int said : new int[] {0, hello.length - 1}) {
                    try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.3"));
                            TlsTestClient other = TlsTestClient.explicit(server, Manner.of("TLSv1.3"))) {
                        client.login();
                        other.login();
                        try (TlsTestClient.Data data = client.passive()) {
                            client.expect(150, command);
                            data.raw().getOutputStream().write(hello, 0, said);
                            assertThat(other.download("RETR file")).containsExactly(1);
                            assertThat(client.reply()).as(command).matches("(?s)(425|426|522) .*");
                        }
                        client.expect(200, "NOOP");
                    }
                }
            }
            assertThat(server.read("/file")).containsExactly(1);
        }
    }
}
