package io.portolan.ftps.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftps.SessionResumption;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.testing.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Python's ftplib, which by itself does not take the control connection's session over; {@code ftps_client.py} shows the few lines that do, and asserts what it reads. */
class FtplibTest extends TlsPeerTest {

    private Peer python;
    private Path script;

    @BeforeEach
    void find() throws Exception {
        python = findPython();
        script = folder.resolve("ftps_client.py");
        try (InputStream in = FtplibTest.class.getResourceAsStream("ftps_client.py")) {
            if (in == null) {
                throw new IOException("the script is missing");
            }
            Files.copy(in, script);
        }
    }

    private void run(boolean implicit, String version, String resumes) throws Exception {
        python.run(
                        script.toString(),
                        implicit ? "implicit" : "explicit",
                        version,
                        "127.0.0.1",
                        Integer.toString(port(implicit)),
                        TlsFixture.USER,
                        TlsFixture.PASSWORD,
                        resumes)
                .succeeded();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void movesFilesBothWaysPassivelyAndActively(TlsEngine engine, String version, boolean implicit) throws Exception {
        serve(engine, SessionResumption.REQUIRE);
        byte[] bytes = localFile("up", SIZE);
        run(implicit, version, "resumes");
        assertThat(server.read("/file")).isEqualTo(bytes);
    }

    @EveryEngine
    void isLetInWithoutTheSessionWhereItMayBe(TlsEngine engine) throws Exception {
        serve(engine, SessionResumption.PREFER);
        byte[] bytes = localFile("up", SIZE);
        run(false, "1.3", "new");
        assertThat(server.read("/file")).isEqualTo(bytes);
    }

    @EveryEngine
    void isRefusedWithoutTheSession(TlsEngine engine) throws Exception {
        serve(engine, SessionResumption.REQUIRE);
        run(true, "1.3", "refused");
        assertThat(server.exists("/file")).isFalse();
    }
}
