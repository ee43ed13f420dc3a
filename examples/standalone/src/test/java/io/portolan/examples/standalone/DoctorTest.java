package io.portolan.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DoctorTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    private PortolanProcess server;
    private Path password;

    @BeforeEach
    void serve() throws Exception {
        server = PortolanProcess.serve(
                elsewhere.resolve("errors"),
                folder.toString(),
                "--write",
                "--user",
                "alice:wonderland",
                "--sftp",
                "off");
        password = Files.writeString(elsewhere.resolve("password"), "wonderland\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Result doctor(String scheme, String... options) {
        List<String> command = new ArrayList<>(List.of("doctor"));
        command.addAll(List.of(options));
        command.add(scheme + "://alice@127.0.0.1:" + server.port());
        StringWriter out = new StringWriter();
        CommandLine portolan = Portolan.commandLine();
        portolan.setOut(new PrintWriter(out));
        return new Result(portolan.execute(command.toArray(String[]::new)), out.toString());
    }

    private record Result(int exitCode, String output) {}

    @Test
    void findsNothingWrongWithOurOwnServer() throws Exception {
        Result result =
                doctor("ftpes", "--insecure", "--password-file", password.toString(), "--upload", "checked.tmp");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output())
                .contains("ok    login: alice is logged in", "TLS session resumed", "ok    upload", "ok    active-mode")
                .doesNotContain("FAIL");
        assertThat(folder.resolve("checked.tmp")).doesNotExist();
    }

    @Test
    void sendsNoPasswordToASelfSignedCertificate() {
        Result result = doctor("ftpes", "--password-file", password.toString(), "--json");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .startsWith("{\"endpoint\":\"ftpes://127.0.0.1:" + server.port())
                .contains("\"code\":\"certificate-self-signed\"", "{\"name\":\"login\",\"outcome\":\"skipped\"");
    }

    @Test
    void tellsImplicitFromExplicitTls() {
        Result result = doctor("ftps", "--password-file", password.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("what to do: This port begins in the clear: use explicit TLS, ftpes://");
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown() throws Exception {
        Files.writeString(password, "looking-glass\n");

        Result result = doctor("ftpes", "--insecure", "--password-file", password.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("FAIL  login").doesNotContain("looking-glass");
    }

    @Test
    void anUrlThatItCannotCheckIsAWrongCommandLine() {
        assertThat(doctor("http").exitCode()).isEqualTo(2);
    }
}
