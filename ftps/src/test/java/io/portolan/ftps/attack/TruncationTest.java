package io.portolan.ftps.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.EveryVersion;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Somebody on the way ends a TCP connection; only the two ends of TLS can say that a file is whole (RFC 8446 §6.1). */
class TruncationTest {

    private static final byte[] OLD = "the old file".getBytes(StandardCharsets.US_ASCII);

    /** In what manner the connection ends. */
    private enum Cut {
        FIN {
            @Override
            void end(TlsTestClient.Data data) throws IOException {
                data.raw().shutdownOutput();
            }
        },
        RST {
            @Override
            void end(TlsTestClient.Data data) throws IOException {
                data.raw().setSoLinger(true, 0);
                data.raw().close();
            }
        },
        FIN_INSIDE_A_RECORD {
            @Override
            void end(TlsTestClient.Data data) throws IOException {
                byte[] record = data.tls().record(new byte[1_000]);
                data.raw().getOutputStream().write(record, 0, record.length / 2);
                data.raw().shutdownOutput();
            }
        },
        FIN_INSIDE_A_HEADER {
            @Override
            void end(TlsTestClient.Data data) throws IOException {
                data.raw().getOutputStream().write(data.tls().record(new byte[1_000]), 0, 3);
                data.raw().shutdownOutput();
            }
        },
        CLOSE_NOTIFY_WITHOUT_ITS_END {
            @Override
            void end(TlsTestClient.Data data) throws IOException {
                data.tls().engine().closeOutbound();
                byte[] record = data.tls().record(new byte[0]);
                data.raw().getOutputStream().write(record, 0, record.length - 1);
                data.raw().shutdownOutput();
            }
        };

        abstract void end(TlsTestClient.Data data) throws IOException;
    }

    @EveryVersion
    void anUploadThatIsCutOffLeavesTheOldFile(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            server.write("/file", OLD);
            for (String command : new String[] {"STOR", "APPE"}) {
                for (Cut cut : Cut.values()) {
                    for (int size : new int[] {0, 100_000}) {
                        cutOff(server, version, command + " file", cut, size);
                        if (command.equals("STOR")) {
                            assertThat(server.read("/file")).isEqualTo(OLD);
                        } else {
                            // what has arrived may stay, as the file system's setting for partial uploads says
                            assertThat(server.read("/file")).startsWith(OLD);
                        }
                    }
                }
            }
        }
    }

    private static void cutOff(TlsFixture server, String version, String command, Cut cut, int size) throws Exception {
        try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            client.login();
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, command);
                data.tls();
                data.write(new byte[size]);
                cut.end(data);
                assertThat(client.reply())
                        .as("%s of %s octets, %s", command, size, cut)
                        .matches("(?s)(426|451) .*");
            }
            client.expect(200, "NOOP");
        }
    }

    @EveryVersion
    void anUploadThatIsAbortedLeavesTheOldFileHoweverItsConnectionEnds(TlsEngine engine, String version)
            throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            server.write("/file", OLD);
            for (boolean orderly : new boolean[] {true, false}) {
                // with tickets that can be used once, and an upload that gave no new one, the next transfer is another
                // session's
                try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
                    client.login();
                    try (TlsTestClient.Data data = client.passive()) {
                        client.expect(150, "STOR file");
                        data.write(new byte[100_000]);
                        client.expect(426, "ABOR");
                        client.expect(226);
                        if (orderly) {
                            data.tls().closeNotify();
                        }
                    }
                    client.expect(200, "NOOP");
                }
                assertThat(server.read("/file")).isEqualTo(OLD);
            }
        }
    }

    @EveryVersion
    void anUploadThatIsCutOffMakesNoFile(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            for (Cut cut : Cut.values()) {
                for (int size : new int[] {0, 100_000}) {
                    cutOff(server, version, "STOR new", cut, size);
                    cutOff(server, version, "STOU", cut, size);
                }
            }
            try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
                client.login();
                assertThat(client.download("NLST")).isEmpty();
            }
        }
    }

    @EveryVersion
    void whatIsCutOffAfterItsEndIsWhole(TlsEngine engine, String version) throws Exception {
        byte[] bytes = new byte[100_000];
        Arrays.fill(bytes, (byte) 7);
        try (TlsFixture server = Servers.with(engine)) {
            for (boolean reset : new boolean[] {false, true}) {
                try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
                    client.login();
                    try (TlsTestClient.Data data = client.passive()) {
                        client.expect(150, "STOR file" + reset);
                        data.write(bytes);
                        data.tls().closeNotify();
                        if (reset) {
                            // only then is all of it known to have arrived
                            client.expect(226);
                            data.raw().setSoLinger(true, 0);
                            data.raw().close();
                        } else {
                            data.raw().shutdownOutput();
                            client.expect(226);
                        }
                    }
                    assertThat(server.read("/file" + reset)).isEqualTo(bytes);
                }
            }
        }
    }

    @EveryVersion
    void aDownloadThatIsBrokenOffIsNotGivenAnOrderlyEnd(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            server.write("/file", new byte[20_000_000]);
            try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
                client.login();
                try (TlsTestClient.Data data = client.passive()) {
                    client.expect(150, "RETR file");
                    assertThat(data.tls().read()).isZero();
                    client.expect(426, "ABOR");
                    client.expect(226);
                    assertThatThrownBy(data::readAll).isInstanceOf(IOException.class);
                }
            }
        }
    }

    @EveryVersion
    void aDownloadWhoseClientGoesAwayIsNoSuccess(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            server.write("/file", new byte[20_000_000]);
            for (boolean reset : new boolean[] {false, true}) {
                try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
                    client.login();
                    try (TlsTestClient.Data data = client.passive()) {
                        client.expect(150, "RETR file");
                        assertThat(data.tls().read()).isZero();
                        Socket socket = data.raw();
                        socket.setSoLinger(reset, 0);
                        socket.close();
                        client.expect(426);
                    }
                    client.expect(200, "NOOP");
                }
            }
        }
    }
}
