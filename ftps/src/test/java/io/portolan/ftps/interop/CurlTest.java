package io.portolan.ftps.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftps.SessionResumption;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.testing.Peer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CurlTest extends TlsPeerTest {

    @ParameterizedTest
    @MethodSource("everyWay")
    void movesFilesBothWays(TlsEngine engine, String version, boolean implicit) throws Exception {
        Peer curl = find("curl");
        serve(engine, SessionResumption.REQUIRE);
        byte[] bytes = localFile("up", SIZE);
        localFile("nothing", 0);
        String url = (implicit ? "ftps" : "ftp") + "://127.0.0.1:" + port(implicit) + "/";
        run(curl, version, "-T", "up", url + "file");
        run(curl, version, "-T", "nothing", url + "empty");
        // one control connection and several data connections
        run(curl, version, "-o", "down", url + "file", "-o", "down2", url + "empty", url);
        assertThat(server.read("/file")).isEqualTo(bytes);
        assertThat(localBytes("down")).isEqualTo(bytes);
        assertThat(server.read("/empty")).isEmpty();
        assertThat(localBytes("down2")).isEmpty();
    }

    /** It reads nothing on uploads, and so never has a second ticket of TLS 1.3; see {@link SessionResumption#REQUIRE}. */
    @ParameterizedTest
    @CsvSource({"BORINGSSL, 1.2, REQUIRE", "BORINGSSL, 1.3, PREFER", "JDK, 1.2, REQUIRE", "JDK, 1.3, PREFER"})
    void uploadsSeveralFilesInOneRun(TlsEngine engine, String version, SessionResumption resumption) throws Exception {
        Peer curl = find("curl");
        serve(engine, resumption);
        byte[] bytes = localFile("one", SIZE);
        localFile("two", 1);
        localFile("three", 0);
        run(curl, version, "-T", "{one,two,three}", "ftp://127.0.0.1:" + port(false) + "/");
        assertThat(server.read("/one")).isEqualTo(bytes);
        assertThat(server.read("/two")).hasSize(1);
        assertThat(server.read("/three")).isEmpty();
    }

    private static void run(Peer curl, String version, String... what) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "-q",
                "-v",
                "--max-time",
                "100",
                "--noproxy",
                "*",
                "-k",
                "--ssl-reqd",
                "--tls-max",
                version,
                "-u",
                TlsFixture.USER + ":" + TlsFixture.PASSWORD));
        arguments.addAll(List.of(what));
        curl.run(arguments.toArray(String[]::new)).succeeded();
    }
}
