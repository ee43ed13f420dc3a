package io.portolan.ftps.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftps.SessionResumption;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.testing.Payload;
import io.portolan.testing.Peer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** lftp, with the TLS of GnuTLS; it takes the control connection's session over to data connections ({@code ftp:ssl-copy-sid}). */
class LftpTest extends TlsPeerTest {

    private static final int FILES = 60;

    private static final String SETTINGS =
            "set ssl:verify-certificate no; set ftp:ssl-force yes; set ftp:ssl-protect-data yes;"
                    + " set net:max-retries 1; set net:timeout 60; set net:reconnect-interval-base 1;"
                    + " set cmd:fail-exit yes; set cmd:interactive no; set bmk:save-passwords no; ";

    private Peer lftp;

    @BeforeEach
    void find() throws Exception {
        lftp = find("lftp");
    }

    private Peer.Outcome lftp(boolean implicit, String version, String script) throws Exception {
        return lftp.run("-d", "-c", open(port(implicit), implicit, version) + script);
    }

    /** What begins each script: how to connect and who to be. */
    static String open(int port, boolean implicit, String version) {
        String priority = version.equals("1.2") ? "set ssl:priority NORMAL:-VERS-TLS1.3; " : "";
        String url = (implicit ? "ftps" : "ftp") + "://127.0.0.1:" + port + "/";
        return SETTINGS + priority + "open -u '" + TlsFixture.USER + "," + TlsFixture.PASSWORD + "' " + url + "; ";
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void movesFilesBothWaysPassivelyAndActively(TlsEngine engine, String version, boolean implicit) throws Exception {
        serve(engine, SessionResumption.REQUIRE);
        byte[] bytes = localFile("up", SIZE);
        localFile("nothing", 0);
        String log = lftp(
                        implicit,
                        version,
                        "put up -o file; put nothing -o empty; get file -o down; get empty -o down0; ls;"
                                + " set ftp:passive-mode no; put up -o file2; get file2 -o down2; ls")
                .succeeded()
                .output();
        assertThat(server.read("/file")).isEqualTo(bytes);
        assertThat(localBytes("down")).isEqualTo(bytes);
        assertThat(server.read("/empty")).isEmpty();
        assertThat(localBytes("down0")).isEmpty();
        assertThat(localBytes("down2")).isEqualTo(bytes);
        assertThat(log).contains("PROT P").doesNotContain("522 ");
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void mirrorsATreeBothWays(TlsEngine engine, String version, boolean implicit) throws Exception {
        serve(engine, SessionResumption.REQUIRE);
        Map<String, Integer> tree = Payload.tree(local.resolve("tree"), FILES);
        lftp(implicit, version, "mirror -R tree there; mirror -P 3 there back").succeeded();
        assertThat(Payload.contents(local.resolve("back"))).isEqualTo(tree);
    }

    @EveryEngine
    void isRefusedWithoutTheControlConnectionsSession(TlsEngine engine) throws Exception {
        serve(engine, SessionResumption.REQUIRE);
        server.write("/file", new byte[10]);
        String log = lftp(false, "1.3", "set ftp:ssl-copy-sid no; get file -o down")
                .failed()
                .output();
        assertThat(log).contains("522 ");
    }

    @EveryEngine
    void isLetInWithoutItWhereItMayBe(TlsEngine engine) throws Exception {
        serve(engine, SessionResumption.PREFER);
        server.write("/file", new byte[10]);
        lftp(false, "1.3", "set ftp:ssl-copy-sid no; get file -o down").succeeded();
        assertThat(localBytes("down")).hasSize(10);
    }

    @EveryEngine
    void isToldThatDataAreNotMovedInTheClear(TlsEngine engine) throws Exception {
        serve(engine, SessionResumption.REQUIRE);
        server.write("/file", new byte[10]);
        String log = lftp(false, "1.3", "set ftp:ssl-protect-data no; get file -o down")
                .output();
        assertThat(log).containsPattern("(521|534) ");
    }
}
