package io.portolan.ftp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.ftp.client.testing.NastySession;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Atomic uploads to servers that refuse to rename onto a file that is there: nothing of the old one is lost. */
class ReplacementTest {

    private static final byte[] OLD = {1};
    private static final byte[] NEW = {2, 2};

    private NastyServer server;
    private FtpClient client;

    @BeforeEach
    void start() {
        server = NastyServer.start().file("/file", OLD).on("RNTO", (session, to) -> {
            if (server.has(to)) {
                session.takeRenameFrom();
                session.reply("553 There is one already.");
            } else {
                rename(session, to);
            }
        });
        client = FtpClient.builder()
                .host("127.0.0.1")
                .port(server.port())
                .user("any", "body")
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private void rename(NastySession session, String to) {
        server.file(to, server.take(String.valueOf(session.takeRenameFrom())));
        session.reply("250 Renamed.");
    }

    private void upload() throws IOException {
        try (BlockingFtpSession session = client.connectBlocking()) {
            session.upload(
                    TransferSource.fromBytes(NEW),
                    "/file",
                    UploadOptions.builder().atomic(true).build());
        }
    }

    @Test
    void theOldFileMakesWayForTheNewOne() throws Exception {
        upload();
        assertThat(server.paths()).containsExactly("/file");
        assertThat(server.read("/file")).isEqualTo(NEW);
    }

    @Test
    void theOldFileGetsItsNameBackIfTheNewOneCannotHaveIt() {
        AtomicInteger asked = new AtomicInteger();
        server.on("RNTO", (session, to) -> {
            // refused because of the one that is there, done, and then refused for another reason
            int time = asked.incrementAndGet();
            if (time == 1 || time == 3) {
                session.takeRenameFrom();
                session.reply("553 No.");
            } else {
                rename(session, to);
            }
        });
        assertThatThrownBy(this::upload).isInstanceOf(FtpReplyException.class).hasMessageContaining("RNTO /file: 553");
        assertThat(server.paths()).containsExactly("/file");
        assertThat(server.read("/file")).isEqualTo(OLD);
    }

    @Test
    void itIsSaidWhereTheOldFileIsIfItCannotGetItsNameBack() {
        AtomicInteger asked = new AtomicInteger();
        server.on("RNTO", (session, to) -> {
            if (asked.incrementAndGet() == 2) {
                rename(session, to);
            } else {
                session.takeRenameFrom();
                session.reply("553 No.");
            }
        });
        assertThatThrownBy(this::upload)
                .isInstanceOf(FtpException.class)
                .hasMessageContaining("what was there before is now /file.")
                .hasMessageEndingWith(".old");
        Set<String> there = server.paths();
        assertThat(there).singleElement().satisfies(path -> {
            assertThat(path).endsWith(".old");
            assertThat(server.read(path)).isEqualTo(OLD);
        });
    }

    @Test
    void aDirectoryIsNotMovedAway() {
        server.reply("MLST", "250-Here:", " type=dir; /file", "250 That is all.");
        assertThatThrownBy(this::upload).isInstanceOf(FtpReplyException.class).hasMessageContaining("RNTO /file: 553");
        assertThat(server.read("/file")).isEqualTo(OLD);
        assertThat(server.commands()).doesNotContain("RNFR /file");
    }

    @Test
    void whatMayPassIsNotGoneAround() {
        server.reply("RNTO", "450 Busy.");
        assertThatThrownBy(this::upload).isInstanceOf(FtpReplyException.class).hasMessageContaining("450");
        assertThat(server.commands()).doesNotContain("RNFR /file");
    }
}
