package io.portolan.ftps.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.ftps.SessionResumption;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.EveryEngine;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.testing.Peer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenSSL's s_client, which is a control connection, and a data connection with the session that the control connection has written to a file. */
class OpensslTest extends TlsPeerTest {

    private Peer openssl;
    private Path session;

    @BeforeEach
    void find() throws Exception {
        openssl = find("openssl");
        session = folder.resolve("session.pem");
    }

    private Peer.Running control(boolean implicit, String version) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "s_client",
                "-quiet",
                "-crlf",
                "-tls" + version.replace('.', '_'),
                "-connect",
                "127.0.0.1:" + port(implicit),
                "-sess_out",
                session.toString()));
        if (!implicit) {
            arguments.addAll(List.of("-starttls", "ftp"));
        }
        Peer.Running control = openssl.startPiped(arguments.toArray(String[]::new));
        if (implicit) {
            control.expect("220 ");
        }
        control.type("USER " + TlsFixture.USER + "\n");
        control.expect("331 ");
        control.type("PASS " + TlsFixture.PASSWORD + "\n");
        control.expect("230 ");
        control.type("PBSZ 0\nPROT P\nTYPE I\n");
        control.expect("200 (?s).*200 .*200 ");
        await("the session").until(() -> Files.exists(session) && Files.size(session) > 0);
        return control;
    }

    private String[] data(Peer.Running control, String version, int transfer, boolean resumes, String... more) {
        // the port of the last EPSV
        String port = control.expect("(?s)(?:229 [^\n]*\\|\\|\\|(\\d+)\\|\\)[^\n]*\n.*){" + transfer + "}")
                .group(1);
        return dataTo(port, version, resumes, more);
    }

    private String[] dataTo(String port, String version, boolean resumes, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("s_client", "-quiet", "-tls" + version.replace('.', '_'), "-connect", "127.0.0.1:" + port));
        if (resumes) {
            arguments.addAll(List.of("-sess_in", session.toString()));
        }
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void movesFilesBothWaysWithOneSession(TlsEngine engine, String version, boolean implicit) throws Exception {
        serve(engine, SessionResumption.REQUIRE);
        byte[] bytes = "the file, in text that these programs show as it is\n"
                .repeat(1000)
                .getBytes(StandardCharsets.US_ASCII);
        server.write("/file", bytes);
        try (Peer.Running control = control(implicit, version)) {
            // the same session for each of them: a ticket that is used again
            for (int i = 1; i <= 2; i++) {
                control.type("EPSV\nRETR file\n");
                String read = openssl.run(data(control, version, i, true)).output();
                assertThat(read).contains(new String(bytes, StandardCharsets.US_ASCII));
                control.expect("(?s)(226 .*){" + i + "}");
            }
            control.type("EPSV\nSTOR up\n");
            openssl.runWith("what is sent", data(control, version, 3, true, "-no_ign_eof"));
            control.expect("(?s)(226 .*){3}");
            assertThat(server.read("/up")).asString().isEqualTo("what is sent");
            control.type("QUIT\n");
            control.expect("221 ");
            assertThat(control.await().exit()).isZero();
        }
    }

    /** Which the client accepts by a {@link Joint}. */
    @ParameterizedTest
    @MethodSource("everyWay")
    void movesFilesBothWaysActively(TlsEngine engine, String version, boolean implicit) throws Exception {
        serve(engine, SessionResumption.REQUIRE);
        server.write("/file", "what is read".getBytes(StandardCharsets.US_ASCII));
        try (Peer.Running control = control(implicit, version)) {
            try (Joint joint = new Joint()) {
                control.type(joint.command() + "\nRETR file\n");
                assertThat(openssl.run(dataTo(joint.port(), version, true)).output())
                        .contains("what is read");
                control.expect("226 ");
            }
            try (Joint joint = new Joint()) {
                control.type(joint.command() + "\nSTOR up\n");
                openssl.runWith("what is sent", dataTo(joint.port(), version, true, "-no_ign_eof"));
                control.expect("(?s)226 .*226 ");
            }
            assertThat(server.read("/up")).asString().isEqualTo("what is sent");
            control.type("QUIT\n");
            control.expect("221 ");
            assertThat(control.await().exit()).isZero();
        }
    }

    @EveryEngine
    void isRefusedWithoutTheControlConnectionsSession(TlsEngine engine) throws Exception {
        serve(engine, SessionResumption.REQUIRE);
        server.write("/file", "secret".getBytes(StandardCharsets.US_ASCII));
        try (Peer.Running control = control(false, "1.3")) {
            control.type("EPSV\nRETR file\n");
            assertThat(openssl.run(data(control, "1.3", 1, false)).output()).doesNotContain("secret");
            control.expect("522 ");
            control.type("QUIT\n");
            control.await();
        }
    }

    @EveryEngine
    void isLetInWithoutItWhereItMayBe(TlsEngine engine) throws Exception {
        serve(engine, SessionResumption.PREFER);
        server.write("/file", "secret".getBytes(StandardCharsets.US_ASCII));
        try (Peer.Running control = control(false, "1.3")) {
            control.type("EPSV\nRETR file\n");
            assertThat(openssl.run(data(control, "1.3", 1, false)).output()).contains("secret");
            control.expect("226 ");
            control.type("QUIT\n");
            control.await();
        }
    }
}
