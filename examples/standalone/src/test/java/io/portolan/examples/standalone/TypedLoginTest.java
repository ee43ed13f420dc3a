package io.portolan.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Authenticator;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.guard.LoginGuard;
import io.portolan.sftp.auth.LoginMethod;
import io.portolan.sftp.server.SftpServer;
import io.portolan.testing.Patience;
import io.portolan.testing.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins of the SFTP commands by what is typed, and by the agent. */
class TypedLoginTest {

    private static final List<AuthenticationResult.Prompt> QUESTIONS = List.of(
            new AuthenticationResult.Prompt("Password: ", false),
            new AuthenticationResult.Prompt("Code\u001b[2J: ", true));

    @TempDir
    private Path folder;

    /** Lets in by two answers. */
    private static final Authenticator ASKING = request -> {
        if (!(request.credentials() instanceof Credentials.KeyboardInteractive answers)) {
            return AuthenticationResult.rejected("only answers");
        }
        if (answers.answers().isEmpty()) {
            return new AuthenticationResult.Continue(QUESTIONS);
        }
        return answers.answers().stream().map(String::new).toList().equals(List.of("wonderland", "4711"))
                ? AuthenticationResult.accepted(Identity.of("alice"))
                : AuthenticationResult.rejected("wrong");
    };

    private static SftpServer asking() throws Exception {
        InMemoryFileSystem files = InMemoryFileSystem.create();
        return SftpServer.builder()
                .port(0)
                .hostKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair())
                .files(files)
                .authenticator(ASKING)
                .loginGuard(LoginGuard.none())
                .loginChain(LoginMethod.KEYBOARD_INTERACTIVE)
                .start();
    }

    private static List<String> list(SftpServer server) {
        return List.of(
                "ls",
                "sftp://alice@127.0.0.1:" + server.port() + "/",
                "--no-agent",
                "--fingerprint",
                server.hostKeys().get(0).fingerprint());
    }

    private record Result(int exitCode, String output) {}

    private static Result run(ProcessBuilder command, String input) throws Exception {
        Process process = command.redirectErrorStream(true).start();
        try (OutputStream to = process.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.US_ASCII));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(Patience.MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }

    @Test
    void eachQuestionOfTheServerTakesALineOfTheInput() throws Exception {
        try (SftpServer server = asking()) {
            Result good = run(PortolanProcess.start(list(server)), "wonderland\n4711\n");
            assertThat(good.exitCode()).as(good.output()).isZero();
            Result bad = run(PortolanProcess.start(list(server)), "wonderland\n4712\n");
            assertThat(bad.exitCode()).as(bad.output()).isNotZero();
        }
    }

    @Test
    void onATerminalTheQuestionsAreShownAndSecretsAreNot() throws Exception {
        try (SftpServer server = asking()) {
            List<String> quoted = new ArrayList<>();
            PortolanProcess.start(list(server)).command().forEach(word -> quoted.add("'" + word + "'"));
            Process process = new ProcessBuilder("script", "-qec", String.join(" ", quoted), "/dev/null")
                    .redirectErrorStream(true)
                    .start();
            StringBuilder screen = new StringBuilder();
            Thread reader = reading(process.getInputStream(), screen);
            try (OutputStream keyboard = process.getOutputStream()) {
                type(keyboard, screen, "Password: ", "wonderland\n");
                type(keyboard, screen, "Code?[2J: ", "4711\n");
                assertThat(process.waitFor(Patience.MILLIS, TimeUnit.MILLISECONDS))
                        .isTrue();
            }
            reader.join(Patience.MILLIS);
            assertThat(process.exitValue()).as(screen.toString()).isZero();
            assertThat(shown(screen)).doesNotContain("wonderland").contains("4711");
        }
    }

    private static Thread reading(InputStream from, StringBuilder screen) {
        Thread reader = new Thread(
                () -> {
                    try {
                        for (int octet = from.read(); octet >= 0; octet = from.read()) {
                            synchronized (screen) {
                                screen.append((char) octet);
                            }
                        }
                    } catch (IOException e) {
                        // the terminal is gone
                    }
                },
                "screen");
        reader.start();
        return reader;
    }

    private static String shown(StringBuilder screen) {
        synchronized (screen) {
            return screen.toString();
        }
    }

    private static void type(OutputStream keyboard, StringBuilder screen, String question, String answer)
            throws IOException {
        await().atMost(Patience.LONG_ENOUGH).until(() -> shown(screen).contains(question));
        keyboard.write(answer.getBytes(StandardCharsets.US_ASCII));
        keyboard.flush();
    }

    @Test
    void theKeysOfTheAgentLetInUnlessTheyAreLeftOut() throws Exception {
        Path key = folder.resolve("id");
        Peer.find("ssh-keygen", folder)
                .run("-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .succeeded();
        Path socket = folder.resolve("agent");
        Path served = Files.createDirectory(folder.resolve("served"));
        Files.writeString(served.resolve("a"), "content");
        try (Peer.Running agent = Peer.find("ssh-agent", folder).start("-D", "-a", socket.toString());
                PortolanProcess server = PortolanProcess.serve(
                        folder.resolve("errors"),
                        served.toString(),
                        "--user",
                        "alice:wonderland",
                        "--authorized-keys",
                        key + ".pub",
                        "--ftp",
                        "off",
                        "--ftps",
                        "off")) {
            agent.expect("SSH_AUTH_SOCK");
            Peer.find("ssh-add", folder)
                    .with(Map.of("SSH_AUTH_SOCK", socket.toString()))
                    .run("-q", key.toString())
                    .succeeded();
            String url =
                    "sftp://alice@127.0.0.1:" + server.lineToPaste("sftp -P").split(" ", -1)[2] + "/";
            List<String> list = List.of("ls", url, "--fingerprint", server.hostKey());
            Result byAgent = run(withAgent(socket, list), "");
            assertThat(byAgent.exitCode()).as(byAgent.output()).isZero();
            assertThat(byAgent.output().strip()).isEqualTo("a");

            List<String> without = new ArrayList<>(list);
            without.add("--no-agent");
            Result left = run(withAgent(socket, without), "");
            assertThat(left.exitCode()).as(left.output()).isNotZero();
        }
    }

    private static ProcessBuilder withAgent(Path socket, List<String> arguments) {
        ProcessBuilder process = PortolanProcess.start(arguments);
        process.environment().put("SSH_AUTH_SOCK", socket.toString());
        return process;
    }
}
