package io.portolan.ftps.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftps.SessionResumption;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.EveryVersion;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.testing.Patience;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Apache commons-net, in this process. It never takes the control connection's session over, as the JDK looks sessions up by the port that it is connected to (the trick that people use for it reaches
 * into the JDK, which has to be opened for that).
 */
class CommonsNetTest extends TlsPeerTest {

    private FTPSClient connect(String version, boolean implicit) throws IOException {
        FTPSClient client = new FTPSClient("TLS", implicit);
        client.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
        client.setEnabledProtocols(new String[] {"TLSv" + version});
        client.setDefaultTimeout(Patience.MILLIS);
        client.setConnectTimeout(Patience.MILLIS);
        client.setDataTimeout(Patience.LONG_ENOUGH);
        client.connect(InetAddress.getLoopbackAddress(), port(implicit));
        assertThat(client.login(TlsFixture.USER, TlsFixture.PASSWORD)).isTrue();
        client.execPBSZ(0);
        client.execPROT("P");
        assertThat(client.setFileType(FTP.BINARY_FILE_TYPE)).isTrue();
        client.enterLocalPassiveMode();
        return client;
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void movesFilesBothWaysPassivelyAndActively(TlsEngine engine, String version, boolean implicit) throws Exception {
        serve(engine, SessionResumption.PREFER);
        byte[] bytes = localFile("up", SIZE);
        FTPSClient client = connect(version, implicit);
        try {
            for (boolean active : new boolean[] {false, true}) {
                if (active) {
                    client.enterLocalActiveMode();
                }
                assertThat(client.storeFile("file", new ByteArrayInputStream(bytes)))
                        .as(client.getReplyString())
                        .isTrue();
                assertThat(server.read("/file")).isEqualTo(bytes);
                assertThat(client.storeFile("empty", new ByteArrayInputStream(new byte[0])))
                        .as(client.getReplyString())
                        .isTrue();
                assertThat(server.read("/empty")).isEmpty();
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                assertThat(client.retrieveFile("file", out))
                        .as(client.getReplyString())
                        .isTrue();
                assertThat(out.toByteArray()).isEqualTo(bytes);
                assertThat(client.listNames()).containsExactlyInAnyOrder("empty", "file");
            }
            assertThat(client.logout()).isTrue();
        } finally {
            client.disconnect();
        }
    }

    @EveryVersion
    void isRefusedWhereTheSessionIsRequired(TlsEngine engine, String version) throws Exception {
        serve(engine, SessionResumption.REQUIRE);
        FTPSClient client = connect(version.replace("TLSv", ""), false);
        try {
            boolean stored;
            try {
                stored = client.storeFile("file", new ByteArrayInputStream(new byte[100]));
            } catch (IOException cut) {
                // the connection may be cut before the client looks for the reply
                stored = false;
                client.getReply();
            }
            assertThat(stored).isFalse();
            assertThat(client.getReplyCode()).isEqualTo(522);
            assertThat(server.exists("/file")).isFalse();
        } finally {
            client.disconnect();
        }
    }
}
