package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.check.Blame;
import io.portolan.check.CheckReport;
import io.portolan.check.CheckStep;
import io.portolan.sftp.client.testing.NastyServer;
import io.portolan.sftp.client.testing.PoliteScript;
import io.portolan.sftp.client.testing.RawServer;
import io.portolan.ssh.SshAlgorithms;
import io.portolan.ssh.internal.kex.AlgorithmProposal;
import io.portolan.ssh.internal.kex.KexInit;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Diagnoses of what goes wrong on the way to the server, before its host key is known, and within a login by questions. */
final class SftpCheckHandshakeTest {

    private static SftpEndpointCheck.Builder check(String host, int port) {
        return SftpEndpointCheck.of(URI.create("sftp://alice@" + host + ":" + port));
    }

    private static CheckStep assertFirst(SftpEndpointCheck.Builder check, String name, String code, Blame blame) {
        CheckReport report = check.build().run();
        CheckStep step = report.firstFailure().orElseThrow(() -> new AssertionError(report.toText()));
        assertThat(step.name()).as(report.toText()).isEqualTo(name);
        assertThat(step.diagnosis()).as(report.toText()).hasValueSatisfying(found -> {
            assertThat(found.code()).isEqualTo(code);
            assertThat(found.blame()).isEqualTo(blame);
            assertThat(found.culprit()).isNotEmpty();
            assertThat(found.advice()).isNotEmpty();
        });
        return step;
    }

    @Test
    void anAddressToWhichThereIsNoWay() {
        // nobody connects to a group of hosts: the system refuses, and sends nothing
        CheckStep step = assertFirst(check("224.0.0.1", 22), "port", "no-route", Blame.CLIENT);
        assertThat(step.message()).contains("cannot reach 224.0.0.1:22");
    }

    @Test
    void anIdentificationThatIsTooLong() throws Exception {
        try (RawServer server = new RawServer(socket -> {
            socket.getOutputStream().write(("SSH-2.0-" + "x".repeat(300) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            RawServer.drain(socket);
        })) {
            assertFirst(check("127.0.0.1", server.port()), "banner", "identification-malformed", Blame.SERVER);
        }
    }

    /** Says what it is and which algorithms it has; does this at the connection behind that of the first look. */
    private static RawServer thenAtTheSecond(RawServer.Script script) throws Exception {
        AtomicInteger connections = new AtomicInteger();
        SshAlgorithms modern = SshAlgorithms.modern();
        byte[] algorithms = packet(new KexInit(
                        AlgorithmProposal.symmetric(
                                modern.keyExchanges(),
                                List.of("ssh-ed25519"),
                                modern.ciphers(),
                                modern.macs(),
                                List.of("none")),
                        false)
                .encode(new SecureRandom()));
        return new RawServer(socket -> {
            socket.getOutputStream().write("SSH-2.0-script\r\n".getBytes(StandardCharsets.US_ASCII));
            if (connections.incrementAndGet() == 1) {
                socket.getOutputStream().write(algorithms);
                RawServer.drain(socket);
            } else {
                readSome(socket);
                script.run(socket);
            }
        });
    }

    private static void readSome(Socket socket) throws java.io.IOException {
        assertThat(socket.getInputStream().read(new byte[64])).isPositive();
    }

    private static byte[] packet(byte[] payload) {
        int padding = 16 - (5 + payload.length) % 8;
        return new SshWriter()
                .writeUint32(1L + payload.length + padding)
                .writeByte(padding)
                .writeBytes(payload)
                .writeBytes(new byte[padding])
                .toByteArray();
    }

    @Test
    void aServerThatHangsUpWhileKeysAreExchanged() throws Exception {
        try (RawServer server = thenAtTheSecond(socket -> {})) {
            assertFirst(check("127.0.0.1", server.port()), "host-key", "closed-in-key-exchange", Blame.SERVER);
        }
    }

    @Test
    void aServerThatBreaksTheProtocolWhileKeysAreExchanged() throws Exception {
        try (RawServer server = thenAtTheSecond(socket -> {
            // NEWKEYS, of which there was no talk
            socket.getOutputStream().write(packet(new byte[] {21}));
            RawServer.drain(socket);
        })) {
            assertFirst(check("127.0.0.1", server.port()), "host-key", "key-exchange-failed", Blame.SERVER);
        }
    }

    /** Asks, and takes no answer. */
    private static NastyServer asking(String... questions) {
        return new NastyServer(() -> new PoliteScript() {
            @Override
            protected void request(NastyServer.Peer peer, String method, SshReader reader) {
                if (method.equals("none")) {
                    refuse(peer, "keyboard-interactive");
                    return;
                }
                SshWriter request = message(METHOD_MESSAGE)
                        .writeString("")
                        .writeString("")
                        .writeString("")
                        .writeUint32(questions.length);
                for (String question : questions) {
                    request.writeString(question).writeBoolean(false);
                }
                peer.send(request);
            }

            @Override
            protected void answers(NastyServer.Peer peer, SshReader reader) {
                refuse(peer, "keyboard-interactive");
            }
        });
    }

    private static SftpEndpointCheck.Builder check(NastyServer server) {
        return check("127.0.0.1", server.port())
                .login("alice", SshLogin.password("secret"))
                .hostKeys(HostKeys.of("").asking(question -> true));
    }

    @Test
    void anAnswerThatIsWrong() {
        try (NastyServer server = asking("Password: ")) {
            assertFirst(check(server), "login", "answers-refused", Blame.REQUEST);
        }
    }

    @Test
    void questionsToWhichNobodyHasTheAnswers() {
        try (NastyServer server = asking("Password: ", "Code: ")) {
            CheckStep step = assertFirst(check(server), "login", "login-not-tried", Blame.CLIENT);
            assertThat(step.toString())
                    .contains("asks for more than the password")
                    .doesNotContain("secret");
        }
    }
}
