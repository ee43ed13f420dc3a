package io.portolan.ftps.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

/** Key updates of TLS 1.3, which come in the middle of large files, and renegotiation of TLS 1.2, which is refused. */
class NewKeysTest {

    private static final int SMALL_WINDOW = 64 * 1024;

    private static final int PARTS = 20;

    @EveryEngine
    void keyUpdatesWithinAnUploadAreFollowed(TlsEngine engine) throws Exception {
        byte[] part = new byte[50_000];
        new Random(1).nextBytes(part);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (TlsFixture server = Servers.with(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.3"))) {
            client.login();
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, "STOR file");
                for (int i = 0; i < PARTS; i++) {
                    data.write(part);
                    whole.write(part);
                    data.tls().askForNewKeys();
                }
                data.end();
                client.expect(226);
            }
            assertThat(server.read("/file")).isEqualTo(whole.toByteArray());
            // the tickets came behind all that
            assertThat(client.download("RETR file")).isEqualTo(whole.toByteArray());
        }
    }

    @EveryEngine
    void keyUpdatesWithinADownloadAndADialogueAreFollowed(TlsEngine engine) throws Exception {
        byte[] bytes = new byte[5_000_000];
        new Random(2).nextBytes(bytes);
        try (TlsFixture server = Servers.with(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.3"))) {
            server.write("/file", bytes);
            client.login();
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, "RETR file");
                ByteArrayOutputStream read = new ByteArrayOutputStream();
                for (int i = 0; i < PARTS; i++) {
                    read.write(data.tls().read());
                    data.tls().askForNewKeys();
                }
                read.write(data.readAll());
                assertThat(read.toByteArray()).isEqualTo(bytes);
                client.expect(226);
            }
            for (int i = 0; i < PARTS; i++) {
                client.tls().askForNewKeys();
                client.expect(200, "NOOP");
            }
        }
    }

    @EveryEngine
    void renegotiationIsRefused(TlsEngine engine) throws Exception {
        try (TlsFixture server = Servers.with(engine)) {
            server.write("/file", new byte[] {1});
            try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.2"))) {
                client.login();
                client.tls().askForNewKeys();
                // an alert that the client takes for the end, or the end
                assertThatThrownBy(() -> client.expect(200, "NOOP")).isInstanceOf(IOException.class);
            }
            try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.2"))) {
                client.login();
                try (TlsTestClient.Data data = client.passive()) {
                    client.expect(150, "STOR file");
                    data.write(new byte[10]);
                    data.tls().askForNewKeys();
                    assertThat(client.reply()).matches("(?s)(426|451) .*");
                }
            }
            byte[] big = new byte[20_000_000];
            server.write("/big", big);
            try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.2"))) {
                client.login();
                try (TlsTestClient.Data data = client.passive()) {
                    // or the whole file fits between the two ends, and the server is done before it hears of this
                    data.raw().setReceiveBufferSize(SMALL_WINDOW);
                    client.expect(150, "RETR big");
                    assertThat(data.tls().read()).isZero();
                    data.tls().askForNewKeys();
                    // no close_notify, which would make the file look whole
                    assertThatThrownBy(data::readAll).isInstanceOf(IOException.class);
                    assertThat(client.reply()).matches("(?s)(426|451) .*");
                }
            }
            assertThat(server.read("/file")).containsExactly(1);
        }
    }
}
