package io.portolan.sftp.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.nio.PathFileSystem;
import io.portolan.sftp.client.internal.protocol.ProtocolSettings;
import io.portolan.sftp.client.testing.TestServer;
import io.portolan.transfer.TransferProgress;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections that break anywhere in a transfer, which goes on where it was, until it is whole. */
class KilledTransferTest extends SessionCase {

    private static final int SIZE = 2_000_000;

    private final Random random = new Random(1);

    /** Breaks the connection when so much has been moved. */
    private static TransferProgress breaking(TestServer server, long at) {
        return (octets, total) -> {
            if (octets >= at) {
                server.breakOff();
            }
        };
    }

    private TestServer server(int version) throws Exception {
        return TestServer.serving(
                threads,
                new ProtocolSettings(version, ProtocolSettings.DEFAULT.reply()),
                PathFileSystem.builder(folder).build());
    }

    private void moveWhileItBreaks(int version) throws Exception {
        byte[] content = content(SIZE);
        int breaks = 0;
        boolean up = false;
        while (!up) {
            try (TestServer server = server(version)) {
                SftpSession session = new SftpSession(server.session(), threads.workers());
                session.blocking()
                        .upload(
                                TransferSource.fromBytes(content),
                                "up",
                                UploadOptions.builder()
                                        .resume(true)
                                        .progress(breaking(server, 1 + random.nextInt(SIZE)))
                                        .build());
                up = true;
            } catch (IOException e) {
                assertThat(e).isInstanceOf(SftpConnectionException.class);
                breaks++;
            }
        }
        assertThat(folder.resolve("up")).hasBinaryContent(content);
        boolean down = false;
        while (!down) {
            try (TestServer server = server(version)) {
                SftpSession session = new SftpSession(server.session(), threads.workers());
                session.blocking()
                        .download(
                                "up",
                                TransferSink.toPathResumable(folder.resolve("down")),
                                DownloadOptions.builder()
                                        .resume(true)
                                        .verification(Verification.SIZE)
                                        .progress(breaking(server, 1 + random.nextInt(SIZE)))
                                        .build());
                down = true;
            } catch (IOException e) {
                assertThat(e).isInstanceOf(SftpConnectionException.class);
                breaks++;
            }
        }
        assertThat(folder.resolve("down")).hasBinaryContent(content);
        assertThat(breaks).isPositive();
        Files.delete(folder.resolve("up"));
        Files.delete(folder.resolve("down"));
    }

    @Test
    void isWholeHoweverOftenTheConnectionBreaks() throws Exception {
        for (int version = 3; version <= 6; version++) {
            moveWhileItBreaks(version);
        }
    }

    @Test
    @Tag("long")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void isWholeFiveHundredTimes() throws Exception {
        for (int i = 0; i < 500; i++) {
            moveWhileItBreaks(3 + i % 4);
        }
    }
}
