package io.portolan.ftps.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.EveryVersion;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is no TLS, or TLS of a size that there is not. */
class GarbageTest {

    private static final String TLS_1_3 = "TLSv1.3";
    private static final byte[] OLD = {1, 2, 3};

    /** RFC 8446 §5.2: 2^14 octets, and 256 more for what protects them; TLS 1.2 allowed 2048 more. */
    private static final int LARGEST_RECORD = (1 << 14) + 2048;

    /** More than the sockets hold by themselves; a server that keeps that for thousands of clients is lost. */
    private static final int TOO_LARGE_A_HELLO = 64 << 20;

    private static List<byte[]> garbage() {
        List<byte[]> all = new ArrayList<>();
        all.add("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        all.add("USER alice\r\nPASS open sesame\r\n".getBytes(StandardCharsets.US_ASCII));
        all.add("SSH-2.0-nobody\r\n".getBytes(StandardCharsets.US_ASCII));
        // a hello of SSL 2
        all.add(new byte[] {(byte) 0x80, 0x2e, 1, 0, 2, 0, 0x15, 0, 0, 0, 0x10, 1, 0, (byte) 0x80, 2, 0, (byte) 0x80});
        byte[] random = new byte[1_000];
        new Random(1).nextBytes(random);
        random[0] = 0;
        all.add(random);
        // a ClientHello whose content is nonsense
        byte[] hello = new byte[5 + 4 + 200];
        System.arraycopy(new byte[] {22, 3, 1, 0, (byte) 204, 1, 0, 0, (byte) 200}, 0, hello, 0, 9);
        hello[9] = 3;
        hello[10] = 3;
        hello[43] = (byte) 0xff;
        all.add(hello);
        // what a server says
        all.add(new byte[] {22, 3, 3, 0, 4, 14, 0, 0, 0});
        // data before there are keys
        all.add(new byte[] {23, 3, 3, 0, 5, 'N', 'O', 'O', 'P', '\n'});
        all.add(new byte[] {20, 3, 3, 0, 1, 1, 20, 3, 3, 0, 1, 1});
        // a fatal alert
        all.add(new byte[] {21, 3, 3, 0, 2, 2, 40});
        // a record of nearly 64 KiB
        byte[] huge = new byte[LARGEST_RECORD + 6];
        huge[0] = 22;
        huge[1] = 3;
        huge[2] = 3;
        huge[3] = (byte) ((LARGEST_RECORD + 1) >> 8);
        huge[4] = 1;
        huge[5] = 1;
        all.add(huge);
        return all;
    }

    @EveryEngine
    void insteadOfAClientHelloItEndsTheControlConnection(TlsEngine engine) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            for (byte[] octets : garbage()) {
                try (TlsTestClient client = TlsTestClient.plain(server, Manner.of(TLS_1_3))) {
                    client.expect(220);
                    client.expect(234, "AUTH TLS");
                    expectCut(client.raw(), octets);
                }
                try (TlsTestClient client = TlsTestClient.implicitUnprotected(server, Manner.of(TLS_1_3))) {
                    expectCut(client.raw(), octets);
                }
            }
            await().until(() -> server.server().sessions().isEmpty());
            TlsTestClient.explicit(server, Manner.of(TLS_1_3)).login().close();
        }
    }

    /** The connection ends by itself, and an alert is all that may come before. */
    private static void expectCut(Socket socket, byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
        byte[] all;
        try {
            all = socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException reset) {
            return;
        }
        assertThat(all.length == 0 || all[0] == 21)
                .as("after %s came %s", text(octets), text(all))
                .isTrue();
    }

    private static String text(byte[] octets) {
        return new String(octets, 0, Math.min(octets.length, 40), StandardCharsets.ISO_8859_1);
    }

    @EveryEngine
    void onADataConnectionItIsNoTransfer(TlsEngine engine) throws Exception {
        // the right client is waited for as long as is left of this
        Duration patience = Duration.ofMillis(200);
        try (TlsFixture server = Servers.with(engine, timeouts -> timeouts.withDataConnect(patience));
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(TLS_1_3))) {
            server.write("/file", OLD);
            client.login();
            for (byte[] octets : garbage()) {
                for (String command : new String[] {"STOR file", "RETR file"}) {
                    try (TlsTestClient.Data data = client.passive()) {
                        client.expect(150, command);
                        expectCut(data.raw(), octets);
                        client.expect(522);
                    }
                }
            }
            assertThat(server.read("/file")).isEqualTo(OLD);
            client.upload("STOR file", new byte[] {7});
        }
    }

    @EveryVersion
    void recordsThatAreTooLargeEndAnUpload(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            server.write("/file", OLD);
            for (int length : new int[] {LARGEST_RECORD + 1, 0xffff}) {
                try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
                    client.login();
                    try (TlsTestClient.Data data = client.passive()) {
                        client.expect(150, "STOR file");
                        data.write(new byte[1000]);
                        byte[] record = new byte[5 + length];
                        System.arraycopy(new byte[] {23, 3, 3, (byte) (length >> 8), (byte) length}, 0, record, 0, 5);
                        writeWhatCanBe(data.raw().getOutputStream(), record);
                        assertThat(client.reply()).matches("(?s)(426|451) .*");
                    }
                }
            }
            assertThat(server.read("/file")).isEqualTo(OLD);
        }
    }

    @EveryVersion
    void recordsThatWereChangedOnTheWayEndEverything(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            server.write("/file", OLD);
            try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
                client.login();
                try (TlsTestClient.Data data = client.passive()) {
                    client.expect(150, "STOR file");
                    data.write(new byte[1000]);
                    byte[] record = data.tls().record(new byte[1000]);
                    record[500] ^= 1;
                    data.raw().getOutputStream().write(record);
                    data.tls().closeNotify();
                    assertThat(client.reply()).matches("(?s)(426|451) .*");
                }
                byte[] record = client.tls().record("DELE file\r\n".getBytes(StandardCharsets.US_ASCII));
                record[record.length - 1] ^= 1;
                client.raw().getOutputStream().write(record);
                client.expectClosed();
            }
            assertThat(server.read("/file")).isEqualTo(OLD);
        }
    }

    @EveryEngine
    void aHelloThatNeverEndsIsNotKept(TlsEngine engine) throws Exception {
        try (TlsFixture server = Servers.with(engine);
                TlsTestClient client = TlsTestClient.implicitUnprotected(server, Manner.of(TLS_1_3))) {
            byte[] first = new byte[5 + (1 << 14)];
            System.arraycopy(new byte[] {22, 3, 1, 64, 0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff}, 0, first, 0, 9);
            byte[] next = new byte[5 + (1 << 14)];
            System.arraycopy(new byte[] {22, 3, 1, 64, 0}, 0, next, 0, 5);
            OutputStream out = client.raw().getOutputStream();
            int sent = 0;
            try {
                out.write(first);
                while (sent < TOO_LARGE_A_HELLO) {
                    out.write(next);
                    sent += next.length;
                }
            } catch (IOException cut) {
                return;
            }
            fail("took %d octets", sent);
        }
    }

    private static void writeWhatCanBe(OutputStream out, byte[] octets) {
        try {
            out.write(octets);
        } catch (IOException cut) {
            // it need not be taken to its end
        }
    }
}
