package io.portolan.ftps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.portolan.ftps.testing.TlsFixture;
import io.portolan.ftps.testing.TlsTestClient;
import io.portolan.ftps.testing.TlsTestClient.Manner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data connections under TLS (RFC 4217 §7–§10), with each engine and each version of TLS. */
class DataConnectionTest {

    private static final byte[] SOME = "0123456789".getBytes(StandardCharsets.US_ASCII);

    private static TlsFixture server(TlsEngine engine) {
        return server(engine, SessionResumption.REQUIRE);
    }

    private static TlsFixture server(TlsEngine engine, SessionResumption resumption) {
        return TlsFixture.serving(ServerTls.builder()
                .keys(TlsKeys.selfSigned())
                .engine(engine)
                .dataSessionResumption(resumption)
                .build());
    }

    @Tag("many")
    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void aThousandTransfersInARowResumeTheSession(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = server(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            client.login();
            for (int i = 0; i < 500; i++) {
                byte[] bytes = ("file " + i).getBytes(StandardCharsets.US_ASCII);
                client.upload("STOR file", bytes);
                assertThat(client.download("RETR file")).isEqualTo(bytes);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void theSessionOfAnotherControlConnectionOpensNothing(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = server(engine)) {
            server.write("/file", SOME);
            Manner thiefs = Manner.of(version);
            try (TlsTestClient thief = TlsTestClient.explicit(server, thiefs);
                    TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
                thief.login();
                // so that the thief has a session that can be resumed
                assertThat(thief.download("RETR file")).isEqualTo(SOME);
                client.login();
                assertThatThrownBy(() -> steal(client, thiefs)).isInstanceOf(IOException.class);
                client.expect(522);
                // the client itself gets in
                assertThat(client.download("RETR file")).isEqualTo(SOME);
            }
        }
    }

    private static void steal(TlsTestClient client, Manner thiefs) throws IOException {
        try (TlsTestClient.Data data = client.passive()) {
            client.expect(150, "RETR file");
            byte[] stolen = data.tls(thiefs).readAll();
            assertThat(stolen).isEmpty();
            throw new IOException("ended without a word");
        }
    }

    /** A session that is resumed keeps the time at which it began. */
    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void whereNothingIsToBeResumedEachHandshakeIsAFullOne(TlsEngine engine, String version) throws Exception {
        for (SessionResumption resumption : SessionResumption.values()) {
            try (TlsFixture server = server(engine, resumption);
                    TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
                server.write("/file", SOME);
                client.login();
                long begun = client.tls().session().getCreationTime();
                await().until(() -> System.currentTimeMillis() > begun);
                try (TlsTestClient.Data data = client.passive()) {
                    client.expect(150, "RETR file");
                    assertThat(data.readAll()).isEqualTo(SOME);
                    client.expect(226);
                    assertThat(data.tls().session().getCreationTime() > begun)
                            .as(resumption.name())
                            .isEqualTo(resumption == SessionResumption.OFF);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void aNewSessionIsLetInWhereItMayBe(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = server(engine, SessionResumption.PREFER)) {
            server.write("/file", SOME);
            try (TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
                client.login();
                try (TlsTestClient.Data data = client.passive()) {
                    client.expect(150, "RETR file");
                    assertThat(data.tls(Manner.of(version)).readAll()).isEqualTo(SOME);
                    client.expect(226);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void theServerIsTheServerOfTlsInActiveModeToo(TlsEngine engine, String version) throws Exception {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        try (TlsFixture server = server(engine);
                TlsTestClient client = TlsTestClient.implicit(server, Manner.of(version))) {
            client.expect(220);
            client.login();
            try (TlsTestClient.Data data = client.active()) {
                client.expect(150, "STOR file");
                data.write(bytes);
                data.end();
                client.expect(226);
            }
            try (TlsTestClient.Data data = client.active()) {
                client.expect(150, "RETR file");
                assertThat(data.readAll()).isEqualTo(bytes);
                client.expect(226);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void anUploadWithoutCloseNotifyIsNotPublished(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = server(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            client.login();
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, "STOR file");
                data.write(SOME);
                // anybody on the way can do that
                data.raw().shutdownOutput();
                client.expect(426);
            }
            assertThat(server.exists("/file")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void nothingIsMovedUnderTlsAsWell(TlsEngine engine, String version) throws Exception {
        try (TlsFixture server = server(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            client.login();
            client.upload("STOR empty", new byte[0]);
            assertThat(server.read("/empty")).isEmpty();
            assertThat(client.download("RETR empty")).isEmpty();
            assertThat(TlsTestClient.lines(client.download("NLST"))).isEqualTo(List.of("empty"));
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void bigFilesArriveWhole(TlsEngine engine, String version) throws Exception {
        byte[] bytes = new byte[20_000_003];
        new Random(2).nextBytes(bytes);
        try (TlsFixture server = server(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of(version))) {
            client.login();
            client.upload("STOR file", bytes);
            assertThat(server.read("/file")).isEqualTo(bytes);
            assertThat(client.download("RETR file")).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({"BORINGSSL", "JDK"})
    void aConnectionThatClosesBeforeTheHandshakeIsNoUpload(TlsEngine engine) throws Exception {
        try (TlsFixture server = server(engine);
                TlsTestClient client = TlsTestClient.explicit(server, Manner.of("TLSv1.3"))) {
            client.login();
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, "STOR file");
                data.raw().close();
                client.expect(522);
            }
            try (TlsTestClient.Data data = client.passive()) {
                client.expect(150, "STOR file");
                data.raw().getOutputStream().write("in the clear".getBytes(StandardCharsets.US_ASCII));
                client.expect(522);
            }
            assertThat(server.exists("/file")).isFalse();
        }
    }
}
