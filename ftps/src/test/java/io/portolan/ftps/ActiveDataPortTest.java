package io.portolan.ftps;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import io.portolan.testing.FreePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Active data of sessions that are TLS from the start: from one port, as 989 is on a standard server, which firewalls are told of. */
class ActiveDataPortTest {

    private static final int CLIENTS = 5;

    /** More than the buffers on the way take, so that no transfer ends before it is read. */
    private static final int SIZE = 16 << 20;

    @EveryEngine
    void activeDataOfImplicitSessionsComesFromItsPortSeveralAtATime(TlsEngine engine) throws Exception {
        int port = FreePorts.inARow(1);
        ServerTls tls =
                ServerTls.builder().keys(TlsKeys.selfSigned()).engine(engine).build();
        byte[] bytes = new byte[SIZE];
        new Random(7).nextBytes(bytes);
        List<TlsTestClient> clients = new ArrayList<>();
        List<TlsTestClient.Data> connections = new ArrayList<>();
        try (TlsFixture server = TlsFixture.serving(tls, builder -> builder.activeDataPort(port))) {
            server.write("/file", bytes);
            for (int i = 0; i < CLIENTS; i++) {
                TlsTestClient client = TlsTestClient.implicit(server, Manner.of("TLSv1.3"));
                clients.add(client);
                client.expect(220);
                client.login();
                TlsTestClient.Data data = client.active();
                connections.add(data);
                client.expect(150, "RETR file");
                data.tls();
            }
            // all of them are there now, and none has been read from
            for (TlsTestClient.Data data : connections) {
                assertThat(data.raw().getPort()).isEqualTo(port);
            }
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(connections.get(i).readAll()).isEqualTo(bytes);
                clients.get(i).expect(226);
            }
            // and again at once, though the former connections have left their traces in the system
            for (TlsTestClient client : clients) {
                try (TlsTestClient.Data data = client.active()) {
                    client.expect(150, "STOR file");
                    assertThat(data.raw().getPort()).isEqualTo(port);
                    data.write(bytes);
                    data.end();
                    client.expect(226);
                }
            }
        } finally {
            for (TlsTestClient.Data data : connections) {
                data.close();
            }
            for (TlsTestClient client : clients) {
                client.close();
            }
        }
    }
}
