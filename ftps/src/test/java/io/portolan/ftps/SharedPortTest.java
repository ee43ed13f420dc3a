package io.portolan.ftps;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.server.PassivePorts;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import io.portolan.testing.FreePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Clients behind one address, as behind a NAT, and a single passive port for all of them. */
class SharedPortTest {

    private static final int CLIENTS = 5;

    /** More than the buffers on the way take, so that no transfer ends before it is read. */
    private static final int SIZE = 16 << 20;

    /** A port is a session's until its connection has come, not until its transfer is over. */
    @EveryEngine
    void onePortCarriesManyTransfersOfOneAddressAtATime(TlsEngine engine) throws Exception {
        int port = FreePorts.inARow(1);
        ServerTls tls =
                ServerTls.builder().keys(TlsKeys.selfSigned()).engine(engine).build();
        byte[] bytes = new byte[SIZE];
        new Random(11).nextBytes(bytes);
        List<TlsTestClient> clients = new ArrayList<>();
        List<TlsTestClient.Data> connections = new ArrayList<>();
        try (TlsFixture server =
                TlsFixture.serving(tls, builder -> builder.passivePorts(PassivePorts.range(port, port)))) {
            server.write("/file", bytes);
            for (int i = 0; i < CLIENTS; i++) {
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.3"));
                clients.add(client);
                client.login();
                TlsTestClient.Data data = client.passive();
                connections.add(data);
                assertThat(data.raw().getPort()).isEqualTo(port);
                client.expect(150, "RETR file");
                data.tls();
            }
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(connections.get(i).readAll()).isEqualTo(bytes);
                clients.get(i).expect(226);
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
