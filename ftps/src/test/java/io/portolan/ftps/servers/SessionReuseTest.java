package io.portolan.ftps.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftps.ClientTls;
import io.portolan.ftps.ServerTrust;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.PipelineClient;
import io.portolan.ftps.testing.TestAuthority;
import io.portolan.testing.Payload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that demand that each data connection resumes the TLS session of its control connection. */
class SessionReuseTest {

    private static final int SIZE = 20_000;

    /** Far more than the tickets of a handshake. */
    private static final int TRANSFERS = 30;

    private static final int MANY_TRANSFERS = 1000;

    @TempDir
    private Path folder;

    private TestAuthority authority;
    private PemFiles keys;

    @BeforeEach
    void issue() throws Exception {
        authority = new TestAuthority("The authority");
        keys = PemFiles.write(authority.issue("The server", "127.0.0.1"), folder);
    }

    private void transfer(ForeignProgram program, TlsEngine engine, boolean tls13, int transfers) throws Exception {
        ClientTls tls = ClientTls.builder()
                .engine(engine)
                .allowTls13(tls13)
                .trust(ServerTrust.authorities(List.of(authority.certificate())))
                .build();
        byte[] bytes = Payload.bytes(SIZE);
        try (ForeignServer server = ForeignServer.start(program, "127.0.0.1", keys, true);
                PipelineClient client = new PipelineClient(tls, "127.0.0.1", server.address(), server.port())) {
            client.logIn(server.user(), server.password());
            client.say("CWD " + ForeignServer.FOLDER, "250");
            assertThat(client.protocol()).isEqualTo(tls13 ? "TLSv1.3" : "TLSv1.2");
            for (int i = 0; i < transfers; i++) {
                String name = "file" + i % 3;
                if (i % 6 < 3) {
                    client.upload("STOR " + name, bytes);
                } else {
                    assertThat(client.download("RETR " + name)).isEqualTo(bytes);
                    Files.delete(server.files().resolve(name));
                }
                assertThat(client.isDataResumed()).as("data connection %s", i).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "VSFTPD, BORINGSSL, true",
        "VSFTPD, BORINGSSL, false",
        "VSFTPD, JDK, true",
        "PROFTPD, BORINGSSL, true",
        "PROFTPD, BORINGSSL, false",
        "PROFTPD, JDK, false"
    })
    void areSatisfied(ForeignProgram program, TlsEngine engine, boolean tls13) throws Exception {
        transfer(program, engine, tls13, TRANSFERS);
    }

    @ParameterizedTest
    @Tag("long")
    @CsvSource({
        "VSFTPD, BORINGSSL, true",
        "VSFTPD, BORINGSSL, false",
        "VSFTPD, JDK, true",
        "PROFTPD, BORINGSSL, true",
        "PROFTPD, BORINGSSL, false",
        "PROFTPD, JDK, false"
    })
    void areSatisfiedByAThousandTransfersInARow(ForeignProgram program, TlsEngine engine, boolean tls13)
            throws Exception {
        transfer(program, engine, tls13, MANY_TRANSFERS);
    }
}
