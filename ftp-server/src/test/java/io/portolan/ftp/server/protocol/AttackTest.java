package io.portolan.ftp.server.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.server.FtpMessages;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import io.portolan.ftp.server.testing.TestReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Known attacks on FTP servers, as far as plain FTP can show them; uploads that are cut off and compression bombs have tests beside this one. */
@SuppressWarnings("try") // servers and connections that are only there
class AttackTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"GET / HTTP/1.1", "POST /x HTTP/1.1", "HEAD / HTTP/1.0", "EHLO example.com", "MAIL FROM:<a@b>"})
    void aBrowserThatIsLedHereIsCutOffAtItsFirstLine(String line) throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.connect();
            client.expect(220);
            client.sendRaw(line + "\r\nHost: x\r\nUSER alice\r\n");
            client.expectClosed();
        }
    }

    @Test
    void aProgramThatSpeaksSomethingElseIsCutOffSoon() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.connect();
            client.expect(220);
            for (int i = 1; i < 8; i++) {
                client.expect(500, "WHAT " + i);
            }
            client.expect(421, "WHAT 8");
            client.expectClosed();
        }
    }

    @Test
    void whoIsLoggedInMayMistype() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.login();
            for (int i = 0; i < 20; i++) {
                client.expect(500, "GET x");
            }
            client.expect(200, "NOOP");
        }
    }

    @Test
    void textsFromElsewhereCannotForgeAReply() throws Exception {
        FtpMessages messages =
                FtpMessages.DEFAULT.withGreeting("hello\r\n230 Logged in").withGoodbye("bye\n500 no");
        try (ServerFixture server = ServerFixture.inMemory(builder -> builder.messages(messages))) {
            FtpTestClient client = server.connect();
            assertThat(client.expect(220).lines()).hasSize(1);
            assertThat(client.expect(221, "QUIT").lines()).hasSize(1);
            client.expectClosed();
        }
        assertThat(FtpReply.of(200, "a\r\n230 b").toString()).doesNotContain("\n");
    }

    @Test
    void nothingOutsideTheRootCanBeReached(@TempDir Path outside) throws Exception {
        Path root = Files.createDirectory(outside.resolve("root"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(root.resolve("link"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("up"), outside);
        try (ServerFixture server = ServerFixture.onDisk(root)) {
            FtpTestClient client = server.login();
            for (String path : new String[] {
                "../secret", "/../../secret", "link", "up/secret", "./../secret", "a/../../secret", "//..//secret"
            }) {
                client.refused(550, "RETR " + path);
                client.expect(550, "SIZE " + path);
                client.expect(550, "HASH " + path);
                client.expect(550, "MFMT 20200101000000 " + path);
            }
            client.expect(550, "CWD up");
            client.refused(550, "LIST up");
            client.refused(550, "STOR up/new");
            client.expect(550, "MKD up/new");
            client.expect(550, "DELE up/secret");
            client.upload("STOR mine", "x");
            client.expect(350, "RNFR mine");
            client.expect(550, "RNTO up/moved");
            assertThat(Files.readString(outside.resolve("secret"))).isEqualTo("secret");
            assertThat(outside.toFile().list()).containsExactlyInAnyOrder("root", "secret");
        }
    }

    @Test
    void aStrangerAtAPassivePortIsSentAwayAndTheRightPeerStillAwaited() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            server.write("/file", "0123456789");
            FtpTestClient client = server.login();
            int port = client.extendedPassivePort();
            try (Socket stranger = new Socket()) {
                stranger.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 3}), 0));
                boolean closedAtOnce = false;
                try {
                    stranger.connect(new InetSocketAddress(server.address().getAddress(), port));
                } catch (SocketException reset) {
                    closedAtOnce = true;
                }
                client.expect(150, "RETR file");
                assertThat(closedAtOnce || nothingComes(stranger)).isTrue();
                try (TestData data = client.connectTo(port)) {
                    assertThat(data.readAll()).hasSize(10);
                }
                client.expect(226);
            }
            assertThat(server.server().passivePortStatistics().strangers()).isOne();
        }
    }

    private static boolean nothingComes(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void passivePortsCannotBeGuessed() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.login();
            int inARow = 0;
            int last = 0;
            for (int i = 0; i < 30; i++) {
                int port = client.extendedPassivePort();
                inARow += Math.abs(port - last) == 1 ? 1 : 0;
                last = port;
                client.connectTo(port).close();
                client.expect(226, "ABOR");
            }
            assertThat(inARow).isLessThan(5);
        }
    }

    @Test
    void aPatternThatMakesMatchersExplodeCostsNothing() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            server.write("/" + "a".repeat(200), "x");
            FtpTestClient client = server.login();
            long begin = System.nanoTime();
            assertThat(client.download("NLST " + "*a".repeat(100) + "b")).isEmpty();
            assertThat(client.expect(212, "STAT " + "a*".repeat(100) + "b").lines())
                    .hasSize(2);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
            client.refused(501, "NLST " + "*".repeat(1000));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REST",
                "RANG",
                "ALLO",
                "SITE IDLE",
                "PBSZ",
                "SITE CHMOD",
                "TYPE",
                "MODE",
                "STRU",
                "OPTS MODE Z LEVEL",
                "EPRT",
                "PORT",
                "LPRT"
            })
    void numbersAreReadStrictly(String verb) throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.login();
            for (String value : new String[] {
                "-1", "+1", "0x10", "1e3", "18446744073709551617", "-9223372036854775808 1", "٣", "1 -1", "%n", " "
            }) {
                TestReply reply = client.command(verb + " " + value);
                assertThat(reply.code()).as("%s %s: %s", verb, value, reply).isBetween(500, 599);
            }
        }
    }

    @Test
    void lettersOfOtherAlphabetsAreNoVerbs() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.login();
            client.expect(500, "ſTAT");
            client.expect(500, "ﬁle");
            client.expect(500, "LıST");
        }
    }

    @Test
    void anEmptyLineAndNulsAreAnswered() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.login();
            client.expect(500, "");
            client.sendRaw("PWD\0\r\n".getBytes(US_ASCII));
            client.expect(500);
            client.sendRaw("CWD a\0b\r\n".getBytes(US_ASCII));
            client.expect(500);
            client.expect(257, "PWD");
        }
    }
}
