package io.portolan.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the command line takes and what it refuses, with nothing started. */
class CommandLineTest {

    @TempDir
    private Path folder;

    private record Outcome(int exitCode, String out, String err) {}

    private static Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Portolan.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode = line.execute(arguments);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    private void refused(String complaint, String... options) {
        List<String> arguments = new ArrayList<>(List.of("serve", folder.toString()));
        arguments.addAll(List.of(options));
        assertRefused(complaint, run(arguments.toArray(String[]::new)));
    }

    private static void assertRefused(String complaint, Outcome outcome) {
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains(complaint);
    }

    @Test
    void helpNamesEveryOption() {
        Outcome outcome = run("serve", "--help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .contains("--bind", "--ftp=", "--ftps=", "--sftp=", "--write", "--user=", "--password-file=")
                .contains(
                        "--authorized-keys=",
                        "--host-key=",
                        "--host-certificate=",
                        "--cert=",
                        "--key=",
                        "--passive=",
                        "--public-address=")
                .contains(
                        "--state=", "--tls-resumption=", "--allow-plain", "--in-memory", "--access-log=", "--verbose");
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(run("--help").out())
                .contains("serve", "ports", "hash", "ls", "get", "put", "mirror", "rm", "doctor");
    }

    @Test
    void noCommandAndUnknownOnesAreRefused() {
        assertRefused("no command", run());
        assertRefused("no command 'fetch'", run("fetch"));
        assertRefused("Unknown option: '--fetch'", run("--fetch"));
        refused("--wirte", "--wirte");
    }

    @Test
    void whatIsServedMustBeAFolderThatExists() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertRefused("which folder", run("serve"));
        assertRefused("no such folder", run("serve", folder.resolve("missing").toString()));
        assertRefused("not a folder", run("serve", file.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "-1", "+21", "x", "", "on"})
    void whatIsNoPortIsRefused(String port) {
        refused("--ftp", "--ftp=" + port);
    }

    @Test
    void whatThisVersionDoesNotHaveSaysSo() {
        refused("--authorized-keys: missing: is no file", "--authorized-keys", "missing");
        refused("nothing to serve", "--ftp", "off", "--ftps", "off", "--sftp", "off");
        refused("--ftp, --ftps: both are 2990", "--ftp", "2990");
        refused("--ftp, --sftp: both are 2121", "--sftp", "2121");
        refused("--host-key: missing: is no file", "--host-key", "missing");
        refused("--host-certificate: missing: is no file", "--host-certificate", "missing");
    }

    @Test
    void theClientsCommandsHaveHelp() {
        for (String command : List.of("ls", "get", "put", "mirror", "rm")) {
            Outcome outcome = run(command, "--help");
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.out())
                    .contains("--password-file=", "--insecure", "--ca=", "--proxy=", "--timeout=", "--json");
        }
        assertThat(run("--help").out()).contains("4  the connection could not be protected", "10  some of it is done");
    }

    @Test
    void aPasswordInAnUrlIsRefusedAndNotRepeated() {
        for (String url : List.of(
                "ftp://al:hunter2@host/", "ftp://al:hunter2@host:x/", "ftp://al:hunter2@", "ftp://al:hun/ter2@host/")) {
            for (List<String> command : List.of(
                    List.of("ls", url), List.of("get", url), List.of("rm", url), List.of("mirror", url, "here"))) {
                Outcome outcome = run(command.toArray(String[]::new));
                assertRefused("URL: ", outcome);
                assertThat(outcome.err()).doesNotContain("hunter2", "ter2");
            }
        }
        assertRefused("--proxy", run("ls", "--proxy", "socks5://al:hunter2@host:1080", "ftp://host/"));
    }

    @Test
    void whatTheClientsCommandsCannotDoIsAWrongCommandLine() {
        assertRefused("is not ftp, ftpes, ftps or sftp", run("ls", "http://host/"));
        assertRefused("are for FTP", run("ls", "--ca", "f", "sftp://host/"));
        assertRefused("are for FTP", run("ls", "--active", "sftp://host/"));
        assertRefused("are for sftp://", run("ls", "--identity", "f", "ftp://host/"));
        assertRefused("one of them only", run("ls", "--insecure", "--known-hosts", "f", "sftp://host/"));
        assertRefused("--timeout", run("ls", "--timeout", "0", "sftp://host/"));
        assertRefused("requires at least 2 values", run("put", "file"));
        assertRefused("'..'", run("ls", "ftp://host/a/../b"));
        assertRefused("'..'", run("ls", "ftp://host/a/%2e%2E/b"));
        assertRefused("control character", run("rm", "ftp://host/a%0D%0ADELE%20b"));
        assertRefused("only be the last name", run("get", "ftp://host/*/b"));
        assertRefused("of one server", run("get", "ftp://host/a", "ftp://other/a"));
        assertRefused("one of them is an URL", run("mirror", "a", "b"));
        assertRefused("--parallel", run("get", "--parallel", "65", "ftp://host/a"));
        assertRefused("--limit-rate", run("get", "--limit-rate", "fast", "ftp://host/a"));
        assertRefused("no user in the URL", run("get", "--password-file", "f", "ftp://host/a"));
        assertRefused("ftp:// has no certificates", run("get", "--insecure", "ftp://host/a"));
        assertRefused("one of them only", run("get", "--insecure", "--ca", "f", "ftps://host/a"));
    }

    @Test
    void theRootIsOnlyDeletedOnTheHostThatIsNamed() {
        for (String root : List.of(
                "ftp://host", "ftp://host/", "ftp://host//", "ftp://host/.", "ftp://host/%2F/", "ftp://host/*")) {
            assertRefused("--everything HOST", run("rm", "-r", root));
            assertRefused("--everything HOST", run("rm", "-r", "--everything", "other", root));
        }
    }

    @Test
    void addressesAndRangesAreChecked() {
        refused("--bind", "--bind", "300.1.1.1");
        refused("--passive", "--passive", "3000-2000");
        refused("--passive", "--passive", "many");
        refused("--public-address", "--public-address", "300.1.1.1");
        refused("--public-address", "--public-address", "2001:db8::1");
    }

    @Test
    void usersHaveANameAndAPassword() {
        refused("--user", "--user", "al");
        refused("--user", "--user", ":secret");
        refused("--user", "--user", "al:");
        refused("twice", "--user", "al:a", "--user", "al:b");
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws Exception {
        Path wrong = Files.writeString(folder.resolve("users"), "al:plaintext\n");

        refused("no such file", "--password-file", folder.resolve("missing").toString());
        refused("line 1", "--password-file", wrong.toString());
        refused("no such file", "--access-log", folder.resolve("missing/log").toString());
    }

    @Test
    void aCertificateComesWithItsKey() {
        refused("give it by --key", "--cert", "cert.pem");
        refused("give it by --cert", "--key", "key.pem");
        refused("cert.pem: there is no such file", "--cert", "cert.pem", "--key", "cert.pem");
        refused("--tls-resumption", "--tls-resumption", "sometimes");
    }

    @Test
    void aMessageThatHoldsALineBreakIsOneLineStill() {
        assertRefused("no such folder", run("serve", "a\nb"));
    }

    @Test
    void thePortsOfTheOptionsArePrintedForTheFirewall() {
        Outcome outcome = run("ports", "--bind", "0.0.0.0", "--ftp", "21", "--ftps", "990", "--passive", "20-30");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines().toList().subList(1, 7))
                .satisfiesExactly(
                        line -> assertThat(line).matches("21 .* in .* FTP control .* ftp 21"),
                        line -> assertThat(line).matches("990 .* in .* FTPS control .* ftps 990"),
                        line -> assertThat(line).matches("20-30 .* in .* FTP passive data .*"),
                        line -> assertThat(line).matches("20 .* out .* FTP active data .* ftp-data 20"),
                        line -> assertThat(line).matches("989 .* out .* FTPS active data .* ftps-data 989"),
                        line -> assertThat(line).matches("2222 .* in .* SFTP sessions .* ssh 22"));
        assertThat(outcome.out()).contains("! 20-30 (FTP passive data) overlaps 21 (FTP control)");
    }

    @Test
    void aHashNeedsANameThatAFileCanHold() {
        assertRefused("NAME", run("hash", "a:b"));
        assertRefused("NAME", run("hash", "#a"));
        assertRefused("Missing required parameter", run("hash"));
    }
}
