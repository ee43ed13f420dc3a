package io.portolan.ftps.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftps.SessionResumption;
import io.portolan.ftps.TlsEngine;
import io.portolan.ftps.testing.TlsFixture;
import io.portolan.testing.Peer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** GnuTLS's gnutls-cli; it cannot take a session over from another process. */
class GnutlsTest extends TlsPeerTest {

    private Peer gnutls;

    @BeforeEach
    void find() throws Exception {
        gnutls = find("gnutls-cli");
    }

    private static List<String> arguments(String version, String port) {
        return new ArrayList<>(List.of(
                "--insecure",
                "--no-ca-verification",
                "--priority",
                version.equals("1.2") ? "NORMAL:-VERS-TLS1.3" : "NORMAL:-VERS-ALL:+VERS-TLS1.3",
                "-p",
                port,
                "127.0.0.1"));
    }

    /** It sends what it reads at once as one line, so that nothing may be typed ahead. */
    private Peer.Running control(String version, boolean implicit) throws Exception {
        List<String> arguments = arguments(version, Integer.toString(port(implicit)));
        arguments.add("--crlf");
        if (!implicit) {
            arguments.add("--starttls-proto=ftp");
        }
        Peer.Running control = gnutls.startPiped(arguments.toArray(String[]::new));
        control.expect("Simple Client Mode");
        if (implicit) {
            control.expect("220 ");
        }
        control.type("USER " + TlsFixture.USER + "\n");
        control.expect("331 ");
        control.type("PASS " + TlsFixture.PASSWORD + "\n");
        control.expect("230 ");
        int replies = 0;
        for (String line : new String[] {"PBSZ 0", "PROT P", "TYPE I"}) {
            control.type(line + "\n");
            control.expect("(?s)(\n200 .*){" + ++replies + "}");
        }
        return control;
    }

    /** EPSV and a transfer command; the arguments for its data connection. */
    private static String[] transfer(Peer.Running control, int number, String version, String command)
            throws Exception {
        control.type("EPSV\n");
        String port = control.expect("(?s)(?:\n229 [^\n]*\\|\\|\\|(\\d+)\\|\\).*){" + number + "}")
                .group(1);
        control.type(command + "\n");
        return arguments(version, port).toArray(String[]::new);
    }

    private static void quit(Peer.Running control) throws Exception {
        control.type("QUIT\n");
        control.expect("221 ");
        assertThat(control.await().exit()).isZero();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void movesFilesBothWays(TlsEngine engine, String version, boolean implicit) throws Exception {
        serve(engine, SessionResumption.PREFER);
        server.write("/file", "what is read".getBytes(StandardCharsets.US_ASCII));
        try (Peer.Running control = control(version, implicit)) {
            try (Peer.Running data = gnutls.startPiped(transfer(control, 1, version, "RETR file"))) {
                data.expect("what is read");
                control.expect("226 ");
                data.await();
            }
            try (Peer.Running data = gnutls.startPiped(transfer(control, 2, version, "STOR up"))) {
                data.expect("Simple Client Mode");
                data.type("what is sent");
                // upon which it says close_notify
                data.process().getOutputStream().close();
                control.expect("(?s)226 .*226 ");
                data.await();
            }
            assertThat(server.read("/up")).asString().isEqualTo("what is sent");
            quit(control);
        }
    }

    /** Which the client accepts by a {@link Joint}. */
    @ParameterizedTest
    @MethodSource("everyWay")
    void movesFilesBothWaysActively(TlsEngine engine, String version, boolean implicit) throws Exception {
        serve(engine, SessionResumption.PREFER);
        server.write("/file", "what is read".getBytes(StandardCharsets.US_ASCII));
        try (Peer.Running control = control(version, implicit)) {
            try (Joint joint = new Joint();
                    Peer.Running data = gnutls.startPiped(active(control, 1, version, joint, "RETR file"))) {
                data.expect("what is read");
                control.expect("226 ");
                data.await();
            }
            try (Joint joint = new Joint();
                    Peer.Running data = gnutls.startPiped(active(control, 2, version, joint, "STOR up"))) {
                data.expect("Simple Client Mode");
                data.type("what is sent");
                // upon which it says close_notify
                data.process().getOutputStream().close();
                control.expect("(?s)226 .*226 ");
                data.await();
            }
            assertThat(server.read("/up")).asString().isEqualTo("what is sent");
            quit(control);
        }
    }

    private static String[] active(Peer.Running control, int number, String version, Joint joint, String command)
            throws Exception {
        control.type(joint.command() + "\n");
        // those before are replies to the settings
        control.expect("(?s)(\n200 .*){" + (3 + number) + "}");
        control.type(command + "\n");
        return arguments(version, joint.port()).toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void isRefusedDataConnectionsThatResumeNothing(TlsEngine engine, String version, boolean implicit)
            throws Exception {
        serve(engine, SessionResumption.REQUIRE);
        server.write("/file", "secret".getBytes(StandardCharsets.US_ASCII));
        try (Peer.Running control = control(version, implicit)) {
            assertThat(gnutls.run(transfer(control, 1, version, "RETR file")).output())
                    .doesNotContain("secret");
            control.expect("522 ");
            quit(control);
        }
    }
}
