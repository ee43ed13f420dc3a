package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.FtpReply;
import io.portolan.ftp.server.testing.ServerFixture;
import java.nio.charset.StandardCharsets;
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
}
