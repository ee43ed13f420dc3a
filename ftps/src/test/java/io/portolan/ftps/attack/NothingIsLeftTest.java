package io.portolan.ftps.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;

/** What thousands of handshakes leave behind, good ones and others: nothing. Buffers and native engines that are collected unreleased fail the whole run besides. */
class NothingIsLeftTest {

    /** Each round has ten handshakes, of which six fail. */
    private static final int HANDSHAKES = 2_000;

    private static final int PER_ROUND = 10;

    /** Before anything is counted, all that is made once has to be there. */
    private static final int ROUNDS_BEFORE = 10;

    /** What Netty's object pools keep, and the test client's garbage; a leak would have hundreds. */
    private static final int OBJECTS_TO_SPARE = 32;

    private static final int THREADS_TO_SPARE = 8;

    /** Listeners that the passive ports keep for the next transfers. */
    private static final int DESCRIPTORS_TO_SPARE = 140;

    private static final byte[] NONSENSE = {'n', 'o', 'n', 's', 'e', 'n', 's', 'e'};
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Manner MANNER = Manner.of("TLSv1.3");

    @Tag("many")
    @EveryEngine
    void thousandsOfHandshakesLeaveNothingBehind(TlsEngine engine) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            server.write("/file", new byte[] {1});
            for (int i = 0; i < ROUNDS_BEFORE; i++) {
                round(server);
            }
            awaitNoSession(server);
            Map<String, Integer> objects = objects();
            int threads = Thread.activeCount();
            long descriptors = descriptors();
            for (int i = 0; i < HANDSHAKES / PER_ROUND; i++) {
                round(server);
            }
            awaitNoSession(server);
            await("objects")
                    .untilAsserted(() -> objects()
                            .forEach((type, count) -> assertThat(count)
                                    .as(type)
                                    .isLessThanOrEqualTo(objects.getOrDefault(type, 0) + OBJECTS_TO_SPARE)));
            await("threads")
                    .untilAsserted(
                            () -> assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + THREADS_TO_SPARE));
            await("descriptors")
                    .untilAsserted(
                            () -> assertThat(descriptors()).isLessThanOrEqualTo(descriptors + DESCRIPTORS_TO_SPARE));
        }
    }

    private static void awaitNoSession(TlsFixture server) {
        await("the sessions' end").until(() -> server.server().sessions().isEmpty());
    }

    private static void round(TlsFixture server) throws IOException {
        byte[] hello;
        try (TlsTestClient client = TlsTestClient.explicit(server, MANNER)) {
            hello = client.tls().hello();
            client.login();
            assertThat(client.download("RETR file")).containsExactly(1);
            client.upload("STOR other", new byte[100]);
            // somebody else's session
            refused(client, data -> data.tls(Manner.of("TLSv1.2")).read());
            // no handshake at all, and half of one
            refused(client, data -> data.raw().getOutputStream().write(NONSENSE));
            refused(client, data -> data.raw().getOutputStream().write(hello, 0, 100));
            assertThat(client.download("RETR file")).containsExactly(1);
        }
        broken(server, new byte[] {1, 2, 3, 4, 5, 6, 7}, false);
        broken(server, hello, true);
        broken(server, Arrays.copyOf(hello, 50), false);
    }

    private interface Attempt {
        void make(TlsTestClient.Data data) throws IOException;
    }

    private static void refused(TlsTestClient client, Attempt attempt) throws IOException {
        try (TlsTestClient.Data data = client.passive()) {
            client.expect(150, "RETR file");
            try {
                attempt.make(data);
                data.raw().shutdownOutput();
                data.raw().getInputStream().readAllBytes();
            } catch (IOException cut) {
                // is what is awaited
            }
            // not for the right client, who does not come
            client.expect(426, "ABOR");
            client.expect(226);
        }
    }

    private static void broken(TlsFixture server, byte[] first, boolean reset) throws IOException {
        try (TlsTestClient client = TlsTestClient.implicitUnprotected(server, MANNER)) {
            Socket socket = client.raw();
            socket.getOutputStream().write(first);
            if (reset) {
                assertThat(socket.getInputStream().read()).isNotNegative();
                socket.setSoLinger(true, 0);
            }
        }
    }

    private static long descriptors() throws IOException {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        }
    }

    /** How many objects there are of each type that belongs to a connection, behind a collection. */
    private static Map<String, Integer> objects() throws Exception {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Map<String, Integer> counts = new TreeMap<>();
        for (String line : histogram.split("\n")) {
            // number, instances, bytes, type, module
            String[] columns = line.strip().split("\\s+");
            if (columns.length >= 4 && isOfAConnection(columns[3])) {
                counts.put(columns[3], Integer.parseInt(columns[1]));
            }
        }
        assertThat(counts).as("types in the histogram").isNotEmpty();
        return counts;
    }

    private static boolean isOfAConnection(String type) {
        return !type.startsWith("[")
                && (type.startsWith("io.portolan.ftps.internal.")
                        || type.startsWith("io.portolan.ftp.server.internal.session.")
                        || type.startsWith("io.netty.handler.ssl.")
                        || type.equals("sun.security.ssl.SSLEngineImpl")
                        || type.startsWith("sun.security.ssl.SSLContextImpl"));
    }
}
