package io.portolan.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.testing.FreePorts;
import io.portolan.testing.Patience;
import io.portolan.testing.Peer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands through OpenSSH's sshd, to a server that is not asked by its own name. */
class JumpTest {

    private static final Path SSHD = Path.of("/usr/sbin/sshd");
    private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

    @TempDir
    private Path folder;

    private record Result(int exitCode, String out, String err) {}

    private static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Portolan.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }

    private Path key(String name) throws Exception {
        Path key = folder.resolve(name);
        Peer.find("ssh-keygen", folder)
                .run("-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .succeeded();
        return key;
    }

    private Process sshd(int port, Path hostKey, Path identity) throws IOException {
        if (!Files.isExecutable(SSHD)) {
            throw Peer.missing("sshd");
        }
        if (System.getProperty("user.name").equals("root")) {
            Files.createDirectories(PRIVILEGE_SEPARATION);
        }
        Path settings = Files.writeString(folder.resolve("sshd_config"), """
                Port %d
                ListenAddress 127.0.0.1
                HostKey %s
                AuthorizedKeysFile %s.pub
                PermitRootLogin yes
                PidFile none
                UsePAM no
                StrictModes no
                """.formatted(port, hostKey, identity));
        Process process = new ProcessBuilder(SSHD.toString(), "-D", "-e", "-f", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd").toFile())
                .start();
        await().atMost(Patience.LONG_ENOUGH).until(() -> {
            assertThat(process.isAlive()).isTrue();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
        return process;
    }

    @Test
    void goesThroughAnotherServer() throws Exception {
        Path identity = key("id");
        Path jumpKey = key("jump");
        Path served = Files.createDirectory(folder.resolve("served"));
        Files.writeString(served.resolve("a"), "content");
        Path password = Files.writeString(folder.resolve("password"), "wonderland\n");
        int port = FreePorts.inARow(1);
        Process jump = sshd(port, jumpKey, identity);
        try (PortolanProcess server = PortolanProcess.serve(
                folder.resolve("errors"),
                served.toString(),
                "--user",
                "alice:wonderland",
                "--ftp",
                "off",
                "--ftps",
                "off")) {
            String url =
                    "sftp://alice@127.0.0.1:" + server.lineToPaste("sftp -P").split(" ", -1)[2] + "/";
            String through = System.getProperty("user.name") + "@127.0.0.1:" + port;
            Path known = Files.writeString(folder.resolve("known"), "");
            String[] usual = {
                "--jump",
                through,
                "--known-hosts",
                known.toString(),
                "--fingerprint",
                server.hostKey(),
                "--identity",
                identity.toString(),
                "--password-file",
                password.toString(),
                url
            };

            Result unknown = run(with("ls", usual));
            assertThat(unknown.exitCode()).as(unknown.err()).isNotZero();
            assertThat(unknown.out()).isEmpty();

            Files.writeString(known, "[127.0.0.1]:" + port + " " + Files.readString(Path.of(jumpKey + ".pub")));
            Result listed = run(with("ls", usual));
            assertThat(listed.err()).isEmpty();
            assertThat(listed.out().lines()).containsExactly("a");
        } finally {
            jump.destroyForcibly().onExit().join();
        }
    }

    @Test
    void theSettingsOfSshTellWayUserAndKeysAndTheUrlComesBeforeThem() throws Exception {
        Path identity = key("id");
        Path jumpKey = key("jump");
        Path served = Files.createDirectory(folder.resolve("served"));
        Files.writeString(served.resolve("a"), "content");
        int port = FreePorts.inARow(1);
        Process jump = sshd(port, jumpKey, identity);
        try (PortolanProcess server = PortolanProcess.serve(
                folder.resolve("errors"),
                served.toString(),
                "--user",
                "alice:wonderland",
                "--authorized-keys",
                identity + ".pub",
                "--ftp",
                "off",
                "--ftps",
                "off")) {
            String known = "[127.0.0.1]:" + port + " " + Files.readString(Path.of(jumpKey + ".pub"));
            Path settings = Files.writeString(folder.resolve("config"), """
                    Host files
                      HostName 127.0.0.1
                      Port %s
                      User alice
                      ProxyJump way
                    Host way
                      HostName 127.0.0.1
                      Port %d
                    Host *
                      IdentityFile %s
                      IdentityAgent none
                      UserKnownHostsFile %s
                    """.formatted(
                            server.lineToPaste("sftp -P").split(" ", -1)[2],
                            port,
                            identity,
                            Files.writeString(folder.resolve("known"), known)));
            String[] usual = {"--ssh-config", settings.toString(), "--fingerprint", server.hostKey()};

            Result listed = run(with("ls", with("sftp://files/", usual)));
            assertThat(listed.err()).isEmpty();
            assertThat(listed.out().lines()).containsExactly("a");

            Path guessed = Files.writeString(folder.resolve("guessed"), "looking-glass\n");
            Result other = run(with(
                    "ls", with("--password-file", with(guessed.toString(), with("sftp://bob@files/", usual)))));
            assertThat(other.exitCode()).as(other.err()).isEqualTo(5);
        } finally {
            jump.destroyForcibly().onExit().join();
        }
    }

    @Test
    void looksForTheUserAndThePortOfTheUrlInTheSettings() throws Exception {
        Path settings = Files.writeString(
                folder.resolve("config"),
                "Match user bob\n UserKnownHostsFile none\n GlobalKnownHostsFile none\nHost *\n UserKnownHostsFile /x/%p%x\n");
        Result bobs = run("ls", "--ssh-config", settings.toString(), "sftp://bob@127.0.0.1:1/");
        assertThat(bobs.err()).contains("there are no files of known hosts");
        Result others = run("ls", "--ssh-config", settings.toString(), "sftp://al@127.0.0.1:1/");
        assertThat(others.err()).contains("%x in /x/%p%x");
    }

    @Test
    void saysWhichLineOfTheSettingsMakesNoSense() throws Exception {
        Path settings = Files.writeString(folder.resolve("config"), "Host *\nPort many\n");
        Result result = run("ls", "--ssh-config", settings.toString(), "sftp://host/");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("ort").contains("many");
    }

    @Test
    void saysWhatIsNoJumpHost() {
        Result result = run("ls", "--jump", "host/path", "sftp://host/");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("a jump host has no path");
    }

    private static String[] with(String first, String... others) {
        String[] all = new String[others.length + 1];
        all[0] = first;
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }
}
