package io.portolan.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.testing.Patience;
import io.portolan.testing.Peer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The client's commands with {@code sftp://}, against {@code portolan serve}. */
class SftpCommandsTest {

    private static final Instant OLD = Instant.parse("2020-02-03T04:05:06Z");

    @TempDir
    private static Path served;

    @TempDir
    private static Path elsewhere;

    private static PortolanProcess server;
    private static int port;
    private static Path password;
    private static Path key;

    @TempDir
    private Path here;

    /** Of this test, on the server. */
    private Path there;

    private String url;

    private record Result(int exitCode, String out, String err) {}

    @BeforeAll
    static void serve() throws Exception {
        key = elsewhere.resolve("id");
        Peer.find("ssh-keygen", elsewhere)
                .run("-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .succeeded();
        server = PortolanProcess.serve(
                elsewhere.resolve("errors"),
                served.toString(),
                "--write",
                "--user",
                "alice:wonderland",
                "--authorized-keys",
                key + ".pub",
                "--ftp",
                "off",
                "--ftps",
                "off");
        port = Integer.parseInt(server.lineToPaste("sftp -P").split(" ", -1)[2]);
        password = Files.writeString(elsewhere.resolve("password"), "wonderland\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void directory() throws IOException {
        there = Files.createTempDirectory(served, "t");
        url = "sftp://alice@127.0.0.1:" + port + "/" + there.getFileName() + "/";
    }

    private Path file(String name, String content) throws IOException {
        Path file = there.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
        return Files.setLastModifiedTime(file, FileTime.from(OLD));
    }

    /** With a server that is trusted, and the right password. */
    private static Result portolan(String command, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of(command, "--fingerprint", server.hostKey(), "--password-file", password.toString()));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine portolan =
                Portolan.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        Result result = new Result(portolan.execute(arguments), out.toString(), err.toString());
        assertThat(result.out() + result.err()).doesNotContain("wonderland");
        return result;
    }

    private static Result assertDone(Result result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        return result;
    }

    private static void assertEnds(Result result, int exitCode, String words) {
        assertThat(result.err()).contains(words);
        assertThat(result.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void listsGetsAndPuts() throws Exception {
        file("a.txt", "alpha");
        file("sub/b.txt", "beta");

        assertThat(assertDone(portolan("ls", "-R", url)).out().lines())
                .containsExactlyInAnyOrder("a.txt", "sub/", "sub/b.txt");
        assertDone(portolan("get", "--verify=best", url + "*.txt", here.toString()));
        assertThat(here.resolve("a.txt")).hasContent("alpha");
        assertThat(Files.getLastModifiedTime(here.resolve("a.txt")).toInstant()).isEqualTo(OLD);
        assertDone(portolan("put", here.resolve("a.txt").toString(), url + "up.txt"));
        assertThat(there.resolve("up.txt")).hasContent("alpha");
        assertThat(Files.getLastModifiedTime(there.resolve("up.txt")).toInstant())
                .isEqualTo(OLD);
    }

    @Test
    void oneBigFileGoesBothWaysInParts() throws Exception {
        byte[] content = new byte[9 << 20];
        new Random(5).nextBytes(content);
        Files.write(there.resolve("big"), content);
        Files.setLastModifiedTime(there.resolve("big"), FileTime.from(OLD));

        assertDone(portolan("get", "--parallel", "4", url + "big", here.toString()));
        assertThat(here.resolve("big")).hasBinaryContent(content);

        Result put = assertDone(
                portolan("put", "--parallel", "4", here.resolve("big").toString(), url + "again"));
        assertThat(there.resolve("again")).hasBinaryContent(content);
        assertThat(Files.getLastModifiedTime(there.resolve("again")).toInstant())
                .isEqualTo(OLD);
        assertThat(put.out()).contains("again");
    }

    @Test
    void goesOnWhereItWasCutOff() throws Exception {
        file("up", "hello");
        Path whole = Files.writeString(here.resolve("up"), "hello, world");
        assertDone(portolan("put", "--continue", whole.toString(), url + "up"));
        assertThat(there.resolve("up")).hasContent("hello, world");

        Files.writeString(here.resolve("down.part"), "hel");
        file("down", "hello");
        Result result = assertDone(portolan("get", "--continue", url + "down", here.toString()));
        assertThat(here.resolve("down")).hasContent("hello");
        assertThat(here.resolve("down.part")).doesNotExist();
        assertThat(result.out()).contains("2 B");
    }

    @Test
    void mirrorsBothWays() throws Exception {
        file("tree/a", "a");
        file("tree/sub/b", "b");
        Path copy = here.resolve("copy");

        assertDone(portolan("mirror", "--parallel", "2", url + "tree", copy.toString()));
        assertThat(copy.resolve("sub/b")).hasContent("b");
        Files.delete(copy.resolve("a"));
        Files.writeString(copy.resolve("c"), "c");
        assertDone(portolan("mirror", "--delete", "--dry-run", copy.toString(), url + "tree"));
        assertThat(there.resolve("tree/a")).exists();
        assertDone(portolan("mirror", "--delete", copy.toString(), url + "tree"));
        assertThat(there.resolve("tree/a")).doesNotExist();
        assertThat(there.resolve("tree/c")).hasContent("c");
    }

    @Test
    void linksAreSkippedFollowedOrKept() throws Exception {
        Path tree = Files.createDirectory(there.resolve("tree"));
        Path file = Files.writeString(tree.resolve("file"), "content");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("file"));
        for (String how : List.of("skip", "follow", "keep")) {
            Path copy = here.resolve(how);
            Result result = portolan("mirror", "--links", how, "--permissions", url + "tree", copy.toString());
            assertDone(result);
            assertThat(Files.getPosixFilePermissions(copy.resolve("file")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            Path link = copy.resolve("link");
            assertThat(Files.exists(link)).isEqualTo(!how.equals("skip"));
            assertThat(Files.isSymbolicLink(link)).isEqualTo(how.equals("keep"));
            assertThat(result.out()).contains(how.equals("skip") ? "is a symbolic link" : "/link");
        }
    }

    @Test
    void deletesALinkAndNotWhatItLeadsTo() throws Exception {
        file("kept/a", "a");
        Files.createSymbolicLink(there.resolve("link"), Path.of("kept"));
        file("gone/b", "b");

        assertDone(portolan("rm", "-r", url + "link", url + "gone"));

        assertThat(Files.exists(there.resolve("link"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(there.resolve("gone")).doesNotExist();
        assertThat(there.resolve("kept/a")).hasContent("a");
    }

    @Test
    void aServerIsRefusedUntilItsKeyIsKnown() throws Exception {
        file("a", "a");
        Path known = here.resolve("known_hosts");
        String[] usual = {"--password-file", password.toString(), "--known-hosts", known.toString(), url};

        assertEnds(run(with("ls", usual)), 4, server.hostKey());
        assertThat(known).doesNotExist();
        assertDone(run(with("ls", with("--accept-new", usual))));
        assertDone(run(with("ls", usual)));
    }

    @Test
    void aKeyThatHasChangedIsRefusedWhateverIsNew() throws Exception {
        Path known = Files.writeString(
                here.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + Files.readString(Path.of(key + ".pub")));

        Result result = run(
                "ls", "--accept-new", "--password-file", password.toString(), "--known-hosts", known.toString(), url);

        assertEnds(result, 4, server.hostKey());
    }

    @Test
    void trustingAnyoneIsWarnedOf() {
        Result result = run("ls", "--insecure", "--password-file", password.toString(), url);

        assertEnds(result, 0, "warning: --insecure");
    }

    @Test
    void logsInByAKey() throws Exception {
        file("a", "a");

        Result result = run("ls", "--fingerprint", server.hostKey(), "--identity", key.toString(), url);

        assertThat(assertDone(result).out().lines()).containsExactly("a");
    }

    @Test
    void eachKindOfFailureHasItsCode() throws Exception {
        Path wrong = Files.writeString(here.resolve("wrong"), "looking-glass\n");

        assertEnds(
                run("ls", "--fingerprint", server.hostKey(), "--password-file", wrong.toString(), url),
                5,
                "portolan ls: ");
        assertEnds(portolan("get", url + "none", here.toString()), 6, "no such file");
        assertEnds(portolan("ls", "sftp://alice@127.0.0.1:1/"), 3, "portolan ls: ");
    }

    @Test
    void ctrlCCancelsAndLeavesNothingHalf() throws Exception {
        Path big = here.resolve("big");
        Files.write(big, new byte[4 << 20]);
        List<String> arguments = List.of(
                "put",
                "--limit-rate",
                "64k",
                "--fingerprint",
                server.hostKey(),
                "--password-file",
                password.toString(),
                big.toString(),
                url);
        Process process =
                PortolanProcess.start(arguments).redirectErrorStream(true).start();
        try {
            await().atMost(Patience.LONG_ENOUGH).until(() -> !names().isEmpty());
            Peer.find("kill", here).run("-INT", Long.toString(process.pid())).succeeded();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(Patience.MILLIS, TimeUnit.MILLISECONDS)).isTrue();
            assertThat(process.exitValue()).as(said).isEqualTo(130);
            assertThat(said).contains("interrupted");
            await().atMost(Patience.LONG_ENOUGH).until(() -> names().isEmpty());
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(there)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String[] with(String first, String... others) {
        return Stream.concat(Stream.of(first), Stream.of(others)).toArray(String[]::new);
    }

    // --- doctor

    private static String server() {
        return "sftp://alice@127.0.0.1:" + port;
    }

    @Test
    void theDoctorFindsNothingWrongWithOurOwnServer() {
        Result result = assertDone(portolan("doctor", server(), "--upload", "checked.tmp"));

        assertThat(result.out())
                .contains(
                        "ok    host-key: ssh-ed25519 SHA256:",
                        "ok    login: alice is let in",
                        "ok    upload",
                        "All is well.");
        assertThat(served.resolve("checked.tmp")).doesNotExist();
    }

    @Test
    void theDoctorSaysWhyAKeyIsNotTakenAndWhichIs() throws Exception {
        Path other = here.resolve("other");
        Peer.find("ssh-keygen", here)
                .run("-q", "-t", "ed25519", "-N", "", "-f", other.toString())
                .succeeded();
        Result refused = run("doctor", server(), "--fingerprint", server.hostKey(), "--identity", other.toString());
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).contains("FAIL  login", "what to do: Add the key's public half", "Failed at login.");

        Result taken = run("doctor", server(), "--fingerprint", server.hostKey(), "--identity", key.toString());
        assertThat(assertDone(taken).out()).contains("is let in by the key " + key);
    }

    @Test
    void theDoctorTellsProgramsThatNothingIsKnownOfTheServer() {
        Result result = run(
                "doctor",
                server(),
                "--known-hosts",
                here.resolve("none").toString(),
                "--password-file",
                password.toString(),
                "--json");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .startsWith("{\"endpoint\":\"" + server().replace("alice@", ""))
                .contains("\"code\":\"host-key-unknown\"", "{\"name\":\"login\",\"outcome\":\"skipped\"");
    }

    @Test
    void theDoctorTakesTheSettingsOfSsh() throws Exception {
        Path settings = Files.writeString(here.resolve("config"), """
                Host ours
                  HostName 127.0.0.1
                  Port %d
                  User alice
                  IdentityFile %s
                Host *
                  ProxyJump gate
                """.formatted(port, key)
                .replace("  ProxyJump", "  IdentityAgent none\n  ProxyJump"));
        String[] usual = {"--ssh-config", settings.toString(), "--fingerprint", server.hostKey()};
        Result jumping = run(with("doctor", with("sftp://ours", usual)));
        assertThat(jumping.exitCode()).isEqualTo(1);
        assertThat(jumping.err()).contains(settings + ", line 8: proxyjump: a check looks at servers");

        Files.writeString(settings, Files.readString(settings).replace("ProxyJump gate", "ProxyJump none"));
        assertThat(assertDone(run(with("doctor", with("sftp://ours", usual)))).out())
                .contains("ok    login: alice is let in by the key " + key);
        // what is said beside them comes first
        Result others = run(with("doctor", with("sftp://bob@ours:1", usual)));
        assertThat(others.exitCode()).isEqualTo(1);
        assertThat(others.out()).startsWith("sftp://127.0.0.1:1").contains("FAIL  port");
    }

    @Test
    void theDoctorDoesNotShowThePasswordOfAnUrl() {
        assertThat(run("doctor", "sftp://alice:secret@127.0.0.1").err())
                .contains("password")
                .doesNotContain("secret");
        assertThat(run("doctor", "sftp://alice:secret@127.0.0.1:x y").err()).doesNotContain("secret");
        assertThat(run("doctor", "ftp://127.0.0.1", "--accept-new").exitCode()).isEqualTo(2);
    }
}
