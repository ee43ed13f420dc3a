package io.portolan.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.testing.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The client's commands against {@code portolan serve}: what they do, what they say, and with which code they end. */
class ClientCommandsTest {

    private static final Instant OLD = Instant.parse("2020-02-03T04:05:06Z");

    @TempDir
    private static Path served;

    @TempDir
    private static Path elsewhere;

    private static PortolanProcess server;
    private static Path password;

    /** Of this test, on the server. */
    private Path there;

    private String url;

    @TempDir
    private Path here;

    private record Result(int exitCode, String out, String err) {}

    @BeforeAll
    static void serve() throws Exception {
        server = PortolanProcess.serve(
                elsewhere.resolve("errors"),
                served.toString(),
                "--write",
                "--user",
                "alice:wonderland",
                "--sftp",
                "off",
                "--ftps",
                "off");
        password = Files.writeString(elsewhere.resolve("password"), "wonderland\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void directory() throws IOException {
        there = Files.createTempDirectory(served, "t");
        url = "ftpes://alice@127.0.0.1:" + server.port() + "/" + there.getFileName() + "/";
    }

    private Path file(String name, String content) throws IOException {
        Path file = there.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
        return Files.setLastModifiedTime(file, FileTime.from(OLD));
    }

    private static List<String> trusted(String command, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of(command, "--fingerprint", server.fingerprint(), "--password-file", password.toString()));
        all.addAll(List.of(arguments));
        return all;
    }

    private Result portolan(String command, String... arguments) {
        Result result = run(trusted(command, arguments));
        assertThat(result.out() + result.err()).doesNotContain("wonderland");
        return result;
    }

    private static Result run(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine portolan =
                Portolan.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Result(portolan.execute(arguments.toArray(String[]::new)), out.toString(), err.toString());
    }

    private static void assertDone(Result result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    private static void assertEnds(Result result, int exitCode, String words) {
        assertThat(result.err()).contains(words);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.exitCode()).isEqualTo(exitCode);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void listsNamesAndPathsBelowAndWhatIsKnownOfThem() throws Exception {
        file("a b.txt", "12345");
        file("sub/deep/c", "");
        file("\u202etxt.exe", "");

        Result plain = portolan("ls", url);
        Result all = portolan("ls", "--recursive", url);
        Result longForm = portolan("ls", "-l", url + "a b.txt");
        Result json = portolan("ls", "--json", url + "*.txt");

        assertDone(plain);
        assertThat(plain.out().lines()).containsExactlyInAnyOrder("a b.txt", "sub/", "\\u202etxt.exe");
        assertThat(all.out().lines())
                .containsExactlyInAnyOrder("a b.txt", "sub/", "\\u202etxt.exe", "sub/deep/", "sub/deep/c");
        assertThat(longForm.out()).matches("-rw.* 5  2020-02-03T04:05:06Z  a b.txt\\R");
        assertThat(json.out())
                .startsWith("{\"path\":\"a b.txt\",\"type\":\"file\",\"size\":5,\"modified\":\"2020-02-03T04:05:06Z\"")
                .endsWith("}" + System.lineSeparator());
    }

    @Test
    void getsFilesWithTheirTimesOverSeveralConnections() throws Exception {
        for (int i = 0; i < 20; i++) {
            file("f" + i, "content " + i);
        }
        file("g", "no");

        Result result = portolan("get", "--parallel", "3", "--verify=best", url + "f*", here.toString());

        assertDone(result);
        assertThat(result.out().lines()).hasSize(20).allMatch(line -> line.matches("get  \\S+/f[0-9]+  .* B"));
        assertThat(names(here)).hasSize(20);
        assertThat(here.resolve("f7")).hasContent("content 7");
        assertThat(Files.getLastModifiedTime(here.resolve("f7")).toInstant()).isEqualTo(OLD);
    }

    @Test
    void getsABigFileInParts() throws Exception {
        byte[] big = new byte[20 << 20];
        new Random(1).nextBytes(big);
        Files.write(there.resolve("big"), big);

        assertDone(portolan(
                "get",
                "--parallel",
                "3",
                "--quiet",
                url + "big",
                here.resolve("mine").toString()));

        assertThat(here.resolve("mine")).hasBinaryContent(big);
        assertThat(names(here)).containsExactly("mine");
    }

    @Test
    void goesOnWhereItWasCutOffAndLeavesWhatIsWhole() throws Exception {
        file("a", "0123456789");
        Files.writeString(here.resolve("a.part"), "01234");

        Result first = portolan("get", "--continue", url + "a", here.toString());
        Result again = portolan("get", "--continue", url + "a", here.toString());

        assertDone(first);
        assertThat(first.out()).endsWith("a  5 B" + System.lineSeparator());
        assertThat(here.resolve("a")).hasContent("0123456789");
        assertDone(again);
        assertThat(again.out()).contains("is here already");
        assertThat(names(here)).containsExactly("a");
    }

    @Test
    void directoriesNeedRecursive() throws Exception {
        file("sub/a", "a");
        file("sub/b/c", "c");

        assertEnds(portolan("get", url, here.toString()), 1, "--recursive");
        assertDone(portolan("get", "--recursive", url + "sub", here.toString()));

        assertThat(names(here)).containsExactly("sub/a", "sub/b/c");
        assertEnds(portolan("put", here.toString(), url), 1, "--recursive");
        assertDone(portolan("put", "-r", here.resolve("sub").toString(), url + "copy"));
        assertThat(names(there)).containsExactly("copy/a", "copy/b/c", "sub/a", "sub/b/c");
        assertEnds(portolan("rm", url + "sub"), 1, "--recursive");
        assertDone(portolan("rm", "-r", url + "sub"));
        assertThat(names(there)).containsExactly("copy/a", "copy/b/c");
    }

    @Test
    void putsFilesUnderTheirNamesOrAnother() throws Exception {
        Path a = Files.setLastModifiedTime(Files.writeString(here.resolve("a"), "A"), FileTime.from(OLD));
        Path b = Files.writeString(here.resolve("b"), "B");

        assertDone(portolan("put", "--parallel", "2", "--verify", "size", a.toString(), b.toString(), url));
        assertDone(portolan("put", a.toString(), url + "other"));
        assertDone(portolan("put", "--mkdir", a.toString(), url + "new/"));

        assertThat(names(there)).containsExactly("a", "b", "new/a", "other");
        assertThat(Files.getLastModifiedTime(there.resolve("a")).toInstant()).isEqualTo(OLD);
    }

    @Test
    void someThatFailAmongOthersAreAPartialFailure() throws Exception {
        file("a", "a");

        Result result = portolan("get", "--json", url + "a", url + "missing", here.toString());

        assertEnds(result, 10, "missing: there is no such file");
        assertThat(result.out().lines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).startsWith("{\"event\":\"get\""),
                        line -> assertThat(line)
                                .startsWith("{\"event\":\"failed\"")
                                .contains("\"code\":6"));
    }

    @Test
    void eachKindOfFailureHasItsCodeAndItsWords() throws Exception {
        Path wrong = Files.writeString(here.resolve("wrong"), "looking-glass\n");
        String file = url + "missing";

        assertEnds(portolan("get", file, here.toString()), 6, "missing: there is no such file");
        assertEnds(portolan("ls", file), 6, "there is no such file");
        assertEnds(portolan("ls", url + "*.none"), 6, "nothing there matches");
        assertEnds(portolan("rm", file), 6, "there is no such file");
        assertEnds(portolan("mirror", file, here.toString()), 6, "no such directory");
        assertEnds(portolan("put", "not-here", url), 6, "not-here: there is no such file");
        assertEnds(run(List.of("ls", "--password-file", password.toString(), file)), 4, "self-signed");
        Result refused =
                run(List.of("ls", "--fingerprint", server.fingerprint(), "--password-file", wrong.toString(), url));
        assertEnds(refused, 5, "the server refuses the login: 530");
        assertThat(refused.err()).doesNotContain("looking-glass");
        assertEnds(run(List.of("ls", "ftp://127.0.0.1:1/")), 3, "127.0.0.1:1");
        assertThat(names(here)).containsExactly("wrong");
    }

    @Test
    void trustingAnyoneIsWarnedOf() {
        Result result = run(List.of("ls", "--insecure", "--password-file", password.toString(), url));

        assertEnds(result, 0, "warning: --insecure");
    }

    @Test
    void mirrorsBothWaysAndTellsBefore() throws Exception {
        file("a.txt", "a");
        file("b.tmp", "b");
        file("sub/c.txt", "c");
        Files.writeString(here.resolve("extra"), "x");

        Result plan = portolan("mirror", "--dry-run", "--delete", "--exclude", "*.tmp", url, here.toString());
        assertDone(plan);
        assertThat(plan.out()).contains("would-copy  /a.txt", "would-delete  /extra", "would be: 2 copied");
        assertThat(names(here)).containsExactly("extra");

        assertDone(portolan("mirror", "--delete", "--exclude", "*.tmp", "--parallel", "2", url, here.toString()));
        assertThat(names(here)).containsExactly("a.txt", "sub/c.txt");

        Result back = portolan("mirror", "--json", here.toString(), url + "mirrored");
        assertDone(back);
        assertThat(back.out()).contains("{\"event\":\"end\",\"copied\":2,");
        assertThat(names(there.resolve("mirrored"))).containsExactly("a.txt", "sub/c.txt");
    }

    @Test
    void theOutputHasNothingButTheFileAndTheInputIsOne() throws Exception {
        file("a", "only this");
        String stored = "from a pipe";

        Process get = PortolanProcess.start(trusted("get", url + "a", "-")).start();
        String out = new String(get.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(get.waitFor()).isZero();
        assertThat(out).isEqualTo("only this");

        Process put = PortolanProcess.start(trusted("put", "-", url + "b")).start();
        put.getOutputStream().write(stored.getBytes(StandardCharsets.UTF_8));
        put.getOutputStream().close();
        assertThat(put.waitFor()).isZero();
        assertThat(there.resolve("b")).hasContent(stored);
    }

    /** Begins a command that takes minutes, and ends it by a signal. */
    private void assertInterrupted(Path target, String signal, int exitCode, String command, String... arguments)
            throws Exception {
        List<String> all = trusted(command, arguments);
        all.addAll(1, List.of("--limit-rate", "100k"));
        Process process = PortolanProcess.start(all).redirectErrorStream(true).start();
        try {
            await().atMost(Duration.ofMillis(Patience.MILLIS))
                    .until(() -> !names(target).isEmpty());
            Client.Outcome told = Client.run(List.of("kill", "-s", signal, Long.toString(process.pid())));
            assertThat(told.exitCode()).isZero();

            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isEqualTo(exitCode);
            assertThat(said.lines()).containsExactly("portolan " + command + ": interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void aSignalCancelsAndLeavesNothingHalf(String signal, int exitCode) throws Exception {
        Files.write(there.resolve("big"), new byte[8 << 20]);

        assertInterrupted(here, signal, exitCode, "get", url + "big", here.toString());

        assertThat(names(here)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void aSignalThatEndsAnUploadLeavesNothingUnderItsName(String signal, int exitCode) throws Exception {
        Path big = Files.write(here.resolve("big"), new byte[8 << 20]);

        assertInterrupted(there, signal, exitCode, "put", big.toString(), url);

        assertThat(portolan("ls", url).out()).isEmpty();
    }

    @Test
    void thePasswordMayBeInTheEnvironment() throws Exception {
        file("a", "");
        List<String> command =
                List.of("ls", "--fingerprint", server.fingerprint(), "--password-env", "SECRET_OF_ALICE", url);
        ProcessBuilder builder = PortolanProcess.start(command).redirectErrorStream(true);
        builder.environment().put("SECRET_OF_ALICE", "wonderland");
        Process process = builder.start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("a\n");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void whoIsToBeTrustedMayBeAFile() throws Exception {
        file("a", "");
        List<Path> certificates;
        try (Stream<Path> state = Files.walk(elsewhere.resolve("state"))) {
            certificates = state.filter(Files::isRegularFile)
                    .filter(file -> contains(file, "BEGIN CERTIFICATE"))
                    .toList();
        }
        assertThat(certificates).hasSize(1);

        Result result =
                run(List.of("ls", "--ca", certificates.get(0).toString(), "--password-file", password.toString(), url));

        assertDone(result);
        assertThat(result.out()).isEqualTo("a" + System.lineSeparator());
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void connectionsGoThroughTheProxyThatIsNamed() {
        assertEnds(portolan("ls", "--proxy", "http://127.0.0.1:1", url), 3, "127.0.0.1:1");
    }

    /** A server that lets anybody in, and has said nothing else of use when it is asked for a data connection. */
    @ParameterizedTest
    @CsvSource({"--active,PORT", "--quiet,EPSV"})
    void theServerIsToldItsPartOnlyInActiveMode(String option, String verb) throws Exception {
        List<String> verbs = new CopyOnWriteArrayList<>();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(listening, verbs));
            answering.start();
            String plain = "ftp://anonymous@127.0.0.1:" + listening.getLocalPort() + "/file";
            List<String> command = new ArrayList<>(List.of("get", plain, here.toString()));
            command.addAll(1, List.of(option, "--password-file", password.toString()));

            assertThat(run(command).exitCode()).isNotZero();

            answering.join();
        }
        assertThat(verbs).contains(verb);
        assertThat(verbs).doesNotContain(verb.equals("PORT") ? "EPSV" : "PORT");
    }

    private static void answer(ServerSocket listening, List<String> verbs) {
        try (Socket socket = listening.accept();
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                OutputStream replies = socket.getOutputStream()) {
            replies.write("220 Hello.\r\n".getBytes(StandardCharsets.US_ASCII));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String verb = line.split(" ", 2)[0];
                verbs.add(verb);
                String reply = switch (verb) {
                    case "USER" -> "230 Welcome.";
                    case "TYPE" -> "200 As you like.";
                    case "PWD" -> "257 \"/\"";
                    default -> "502 Not here.";
                };
                replies.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // it has hung up
        }
    }
}
