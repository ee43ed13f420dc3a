package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.testing.TestProxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ServerCopyTest extends ClientTest {

    @Test
    void serversCopyFilesBetweenThemInBothDirectionsAtOnce() throws Exception {
        byte[] content = new byte[1_000_000];
        content[999_999] = 7;
        try (ServerFixture other = ServerFixture.inMemory();
                FtpClient there = builder(other).build()) {
            server.write("/here", content);
            other.write("/there", content);
            FtpSession one = get(client.connect());
            FtpSession two = get(there.connect());
            List<CompletableFuture<FtpReply>> copies = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                copies.add(one.copyTo("/here", two, "/from here " + i));
                copies.add(two.copyTo("/there", one, "/from there " + i));
            }
            for (CompletableFuture<FtpReply> copy : copies) {
                assertThat(get(copy).code()).isEqualTo(226);
            }
            assertThat(other.read("/from here 9")).isEqualTo(content);
            assertThat(server.read("/from there 9")).isEqualTo(content);
        }
    }

    @Test
    void aCopyThatOneServerRefusesLeavesBothSessions() throws Exception {
        try (FtpSession one = get(client.connect());
                FtpSession two = get(client.connect())) {
            assertThatThrownBy(() -> get(one.copyTo("/none", two, "/copy"))).isInstanceOf(FtpReplyException.class);
            assertThatThrownBy(() -> get(one.copyTo("/none", two, "/no/such/directory")))
                    .isInstanceOf(FtpReplyException.class);
            assertThatThrownBy(() -> one.copyTo("/a", one, "/b")).isInstanceOf(IllegalArgumentException.class);
            assertThat(get(one.command("NOOP", "")).code()).isEqualTo(200);
            assertThat(get(two.command("NOOP", "")).code()).isEqualTo(200);
        }
    }

    @Test
    void aCopyOfWhatCannotBeSaidLeavesBothSessions() throws Exception {
        server.write("/file", new byte[10]);
        try (FtpClient latin = another(builder -> builder.charset(StandardCharsets.ISO_8859_1));
                FtpSession one = get(latin.connect());
                FtpSession two = get(latin.connect())) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> get(one.copyTo("/\u20ac", two, "/copy")))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> get(one.copyTo("/file", two, "/\u20ac")))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(get(one.copyTo("/file", two, "/copy")).code()).isEqualTo(226);
            assertThat(get(two.command("NOOP", "")).code()).isEqualTo(200);
        }
        assertThat(server.read("/copy")).hasSize(10);
    }

    @Test
    void whatFailsFirstIsTold() throws Exception {
        try (FtpSession one = get(client.connect());
                FtpSession two = get(client.connect())) {
            assertThatThrownBy(() -> get(one.copyTo("/none", two, "/copy")))
                    .isInstanceOfSatisfying(
                            FtpReplyException.class,
                            e -> assertThat(e.reply().code()).isEqualTo(550))
                    .hasMessageContaining("RETR /none");
        }
    }

    @Test
    void whatIsThereStaysUntilACopyIsWhole() throws Exception {
        server.write("/old", new byte[5]);
        try (FtpSession one = get(client.connect());
                FtpSession two = get(client.connect())) {
            assertThatThrownBy(() -> get(one.copyTo("/none", two, "/old"))).isInstanceOf(FtpReplyException.class);
            assertThat(server.read("/old")).hasSize(5);
            assertThat(get(two.list("").toList(10))).hasSize(1);
            server.write("/new", new byte[9]);
            get(one.copyTo("/new", two, "/old"));
            assertThat(server.read("/old")).hasSize(9);
            assertThat(get(two.list("").toList(10))).hasSize(2);
        }
    }

    @Test
    void aCopyThatIsShorterIsNone() throws Exception {
        try (NastyServer cutting = NastyServer.start().file("/file", new byte[10]);
                FtpClient there = builder(server).port(cutting.port()).build();
                FtpSession one = get(there.connect());
                FtpSession two = get(client.connect())) {
            cutting.on("RETR", (session, path) -> {
                session.reply("150 Here it comes.");
                session.withData(data -> data.send("short").end().then(() -> session.reply("226 That was it.")));
            });
            assertThatThrownBy(() -> get(one.copyTo("/file", two, "/copy")))
                    .isInstanceOf(TruncatedTransferException.class)
                    .hasMessageContaining("5 of 10");
            assertThat(get(two.list("").toList(10))).isEmpty();
        }
    }

    @Test
    void bothServersHearOfUsWhileTheyCopy() throws Exception {
        try (NastyServer slow = NastyServer.start().file("/file", new byte[10]);
                FtpClient there = builder(server)
                        .port(slow.port())
                        .controlKeepAlive(Duration.ofSeconds(1))
                        .build();
                FtpSession one = get(there.connect());
                FtpSession two = get(client.connect())) {
            slow.on("RETR", (session, path) -> {
                session.reply("150 Here it comes.");
                session.withData(data -> session.after(
                        Duration.ofMillis(1500),
                        () -> data.send(new byte[10]).end().then(() -> session.reply("226 That was it."))));
            });
            assertThat(get(one.copyTo("/file", two, "/copy")).code()).isEqualTo(226);
            assertThat(slow.verbs()).contains("NOOP");
        }
        assertThat(server.read("/copy")).hasSize(10);
    }

    @Test
    void behindAProxyTheTargetIsWhereItSaysThatItIs() throws Exception {
        server.write("/file", new byte[10]);
        try (NastyServer target = NastyServer.start();
                TestProxy proxy = new TestProxy(false);
                FtpClient there = builder(server)
                        .port(target.port())
                        .proxy(ProxyType.SOCKS5, "127.0.0.1", proxy.port(), "user", "secret")
                        .build();
                FtpSession one = get(client.connect());
                FtpSession two = get(there.connect())) {
            target.on("PASV", (session, argument) -> {
                int port = session.passive();
                session.reply("227 Here (127,0,0,1," + (port >> Byte.SIZE) + "," + (port & 0xff) + ").");
            });
            get(one.copyTo("/file", two, "/copy"));
            assertThat(target.read("/copy")).hasSize(10);
            target.reply("PASV", "227 Here (192,0,2,9,4,1).");
            assertThatThrownBy(() -> get(one.copyTo("/file", two, "/copy")))
                    .as("only the server itself may be told an address that is not the client's")
                    .isInstanceOf(FtpReplyException.class)
                    .hasMessageContaining("PORT 192,0,2,9,4,1");
        }
    }

    @Test
    void threadsMayWaitForACopy() throws Exception {
        server.write("/file", new byte[10]);
        try (BlockingFtpSession one = client.connectBlocking();
                BlockingFtpSession two = client.connectBlocking()) {
            assertThat(one.copyTo("/file", two, "/copy").code()).isEqualTo(226);
        }
        assertThat(server.read("/copy")).hasSize(10);
    }
}
