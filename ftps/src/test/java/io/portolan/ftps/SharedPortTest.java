package io.portolan.ftps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.server.PassivePorts;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.EveryVersion;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import io.portolan.testing.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Clients behind one address, as behind a NAT, and a single passive port for all of them. */
class SharedPortTest {

    private static final int CLIENTS = 5;

    private static final int ROUNDS = 100;

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

    /** Both have the port at the same moment, and neither is asked in which order it comes. */
    @EveryVersion
    void sessionsOfOneAddressThatWaitOnOnePortAreToldApartByTls(TlsEngine engine, String version) throws Exception {
        int port = FreePorts.inARow(1);
        ServerTls tls =
                ServerTls.builder().keys(TlsKeys.selfSigned()).engine(engine).build();
        try (TlsFixture server =
                        TlsFixture.serving(tls, builder -> builder.passivePorts(PassivePorts.range(port, port)));
                TlsTestClient alice = TlsTestClient.explicit(server, Manner.of(version));
                TlsTestClient bob = TlsTestClient.explicit(server, Manner.of(version));
                TlsTestClient thief = TlsTestClient.explicit(server, Manner.of(version))) {
            server.write("/alice", "for alice".getBytes(StandardCharsets.US_ASCII));
            server.write("/bob", "for bob".getBytes(StandardCharsets.US_ASCII));
            alice.login();
            bob.login();
            for (int i = 0; i < ROUNDS; i++) {
                boolean aliceConnectsFirst = (i & 1) == 0;
                boolean aliceSpeaksFirst = (i & 2) == 0;
                assertThat(alice.passivePort()).isEqualTo(port);
                assertThat(bob.passivePort()).isEqualTo(port);
                try (TlsTestClient.Data first = (aliceConnectsFirst ? alice : bob).connectTo(port);
                        TlsTestClient.Data stolen = thief.connectTo(port);
                        TlsTestClient.Data second = (aliceConnectsFirst ? bob : alice).connectTo(port)) {
                    alice.expect(150, "RETR alice");
                    bob.expect(150, "RETR bob");
                    assertThatThrownBy(() -> stolen.tls(Manner.of(version)).read())
                            .isInstanceOf(IOException.class);
                    TlsTestClient.Data alices = aliceConnectsFirst ? first : second;
                    TlsTestClient.Data bobs = aliceConnectsFirst ? second : first;
                    if (aliceSpeaksFirst) {
                        alices.tls();
                        bobs.tls();
                    } else {
                        bobs.tls();
                        alices.tls();
                    }
                    assertThat(alices.readAll()).asString().isEqualTo("for alice");
                    assertThat(bobs.readAll()).asString().isEqualTo("for bob");
                    alice.expect(226);
                    bob.expect(226);
                }
            }
        }
    }

    /** Before the reply to STOR has been read, or even sent. */
    @EveryVersion
    void uploadsSaidAtOnceReachTheirSessions(TlsEngine engine, String version) throws Exception {
        int port = FreePorts.inARow(1);
        ServerTls tls =
                ServerTls.builder().keys(TlsKeys.selfSigned()).engine(engine).build();
        try (TlsFixture server =
                        TlsFixture.serving(tls, builder -> builder.passivePorts(PassivePorts.range(port, port)));
                TlsTestClient alice = TlsTestClient.explicit(server, Manner.of(version));
                TlsTestClient bob = TlsTestClient.explicit(server, Manner.of(version))) {
            alice.login();
            bob.login();
            alice.passivePort();
            bob.passivePort();
            try (TlsTestClient.Data bobs = bob.connectTo(port);
                    TlsTestClient.Data alices = alice.connectTo(port)) {
                alice.send("STOR alice");
                bob.send("STOR bob");
                bobs.write("by bob".getBytes(StandardCharsets.US_ASCII));
                alices.write("by alice".getBytes(StandardCharsets.US_ASCII));
                bobs.end();
                alices.end();
                alice.expect(150);
                alice.expect(226);
                bob.expect(150);
                bob.expect(226);
            }
            assertThat(server.read("/alice")).asString().isEqualTo("by alice");
            assertThat(server.read("/bob")).asString().isEqualTo("by bob");
        }
    }

    /** Nothing tells those apart that transfer in the clear. */
    @Test
    void sessionsInTheClearDoNotShareAPort() throws Exception {
        int port = FreePorts.inARow(1);
        ServerTls tls = ServerTls.builder()
                .keys(TlsKeys.selfSigned())
                .requiredForData(false)
                .build();
        PassivePorts one = PassivePorts.range(port, port).toBuilder()
                .maxWait(Duration.ZERO)
                .build();
        try (TlsFixture server = TlsFixture.serving(tls, builder -> builder.passivePorts(one));
                TlsTestClient alice = TlsTestClient.explicit(server, Manner.of("TLSv1.3"));
                TlsTestClient bob = TlsTestClient.explicit(server, Manner.of("TLSv1.3"))) {
            alice.login();
            bob.login();
            bob.expect(200, "PROT C");
            alice.passivePort();
            bob.expect(425, "EPSV");
        }
    }

    /** What somebody at the same address does who is faster. */
    private enum Theft {
        ANOTHER_SESSION {
            @Override
            void commit(TlsTestClient.Data stolen, Manner thiefs) {
                assertThatThrownBy(() -> stolen.tls(thiefs).read()).isInstanceOf(IOException.class);
            }
        },
        NO_SESSION {
            @Override
            void commit(TlsTestClient.Data stolen, Manner thiefs) {
                Manner nobodys = Manner.of(thiefs.version());
                assertThatThrownBy(() -> stolen.tls(nobodys).read()).isInstanceOf(IOException.class);
            }
        },
        NO_TLS {
            @Override
            void commit(TlsTestClient.Data stolen, Manner thiefs) throws IOException {
                stolen.raw().getOutputStream().write("SSH-2.0-thief\r\n".getBytes(StandardCharsets.US_ASCII));
                readToTheEnd(stolen);
            }
        },
        NOTHING_AT_ALL {
            @Override
            void commit(TlsTestClient.Data stolen, Manner thiefs) throws IOException {
                stolen.raw().shutdownOutput();
                readToTheEnd(stolen);
            }
        };

        abstract void commit(TlsTestClient.Data stolen, Manner thiefs) throws IOException;

        private static void readToTheEnd(TlsTestClient.Data stolen) {
            try {
                stolen.raw().getInputStream().readAllBytes();
            } catch (IOException reset) {
                // is an end as well
            }
        }
    }

    /** With all the ports of the machine, of which nobody shares any. */
    @EveryVersion
    void aNeighbourWhoIsFasterCostsNobodyATransfer(TlsEngine engine, String version) throws Exception {
        ServerTls tls =
                ServerTls.builder().keys(TlsKeys.selfSigned()).engine(engine).build();
        byte[] file = "for alice".getBytes(StandardCharsets.US_ASCII);
        Manner thiefs = Manner.of(version);
        try (TlsFixture server = TlsFixture.serving(tls);
                TlsTestClient alice = TlsTestClient.explicit(server, Manner.of(version));
                TlsTestClient thief = TlsTestClient.explicit(server, thiefs)) {
            server.write("/alice", file);
            alice.login();
            thief.login();
            // so that the thief has a session that can be resumed
            thief.download("NLST");
            for (Theft theft : Theft.values()) {
                int port = alice.passivePort();
                try (TlsTestClient.Data stolen = thief.connectTo(port);
                        TlsTestClient.Data alices = alice.connectTo(port)) {
                    alice.expect(150, "RETR alice");
                    theft.commit(stolen, thiefs);
                    assertThat(alices.readAll()).as(theft.name()).isEqualTo(file);
                    alice.expect(226);
                }
                port = alice.passivePort();
                try (TlsTestClient.Data stolen = thief.connectTo(port)) {
                    alice.expect(150, "STOR " + theft);
                    theft.commit(stolen, thiefs);
                    // once the first one has been refused, and others too
                    for (int i = 0; i < 10; i++) {
                        try (TlsTestClient.Data again = thief.connectTo(port)) {
                            Theft.NO_TLS.commit(again, thiefs);
                        }
                    }
                    try (TlsTestClient.Data alices = alice.connectTo(port)) {
                        alices.write(file);
                        alices.end();
                        alice.expect(226);
                    }
                }
                assertThat(server.read("/" + theft)).isEqualTo(file);
            }
        }
    }
}
