package io.portolan.ftps.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.server.PassivePorts;
import io.portolan.ftps.SessionResumption;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.EveryVersion;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.testing.FreePorts;
import io.portolan.testing.Payload;
import io.portolan.testing.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Programs that people use, several sessions at a time from one address, and a single passive port for all of them. */
class SharedPortTest extends TlsPeerTest {

    private static final int FILES = 40;

    private static final int PROGRAMS = 2;

    /** Two lftp with three sessions each, and a Python: more than one port would carry one after the other, and as many as may share one. */
    @EveryVersion
    void sessionsOfRealClientsAreToldApart(TlsEngine engine, String version) throws Exception {
        Peer lftp = find("lftp");
        Peer python = findPython();
        int port = FreePorts.inARow(1);
        serve(engine, SessionResumption.REQUIRE, builder -> builder.passivePorts(PassivePorts.range(port, port)));
        Map<String, Integer> tree = Payload.tree(local.resolve("tree"), FILES);
        byte[] bytes = localFile("up", SIZE);
        List<Peer.Running> running = new ArrayList<>();
        try {
            for (int i = 0; i < PROGRAMS; i++) {
                running.add(lftp.start(
                        "-d",
                        "-c",
                        LftpTest.open(port(false), false, version.replace("TLSv", "")) + "mirror -R -P 3 tree there" + i
                                + "; mirror -P 3 there" + i + " back" + i));
            }
            running.add(python.start(
                    script().toString(),
                    "explicit",
                    version.replace("TLSv", ""),
                    "127.0.0.1",
                    Integer.toString(port(false)),
                    TlsFixture.USER,
                    TlsFixture.PASSWORD,
                    "resumes"));
            for (Peer.Running each : running) {
                assertThat(each.await().succeeded().output()).doesNotContain("522 ");
            }
        } finally {
            running.forEach(Peer.Running::close);
        }
        for (int i = 0; i < PROGRAMS; i++) {
            assertThat(Payload.contents(local.resolve("back" + i))).isEqualTo(tree);
        }
        assertThat(server.read("/file")).isEqualTo(bytes);
    }

    private Path script() throws IOException {
        Path script = folder.resolve("ftps_client.py");
        try (InputStream in = FtplibTest.class.getResourceAsStream("ftps_client.py")) {
            if (in == null) {
                throw new IOException("the script is missing");
            }
            Files.copy(in, script);
        }
        return script;
    }
}
