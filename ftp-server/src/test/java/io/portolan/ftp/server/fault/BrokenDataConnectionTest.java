package io.portolan.ftp.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data connections that break, stall or never come: the transfer ends, the session and the old file do not. */
class BrokenDataConnectionTest {

    private static final int BIG = 32 << 20;

    @TempDir
    Path folder;

    private ServerFixture server;
    private FtpTestClient client;

    /** On disk downloads are sent by the kernel, from memory they are not. */
    private void start(boolean onDisk, Duration patience) throws IOException {
        VirtualFileSystem files = onDisk ? PathFileSystem.of(folder) : InMemoryFileSystem.create();
        server = ServerFixture.serving(
                files,
                settings -> settings.timeouts(
                        ServerFixture.TIMEOUTS.withStall(patience).withDataConnect(patience)));
        server.write("/file", "old");
        server.write("/big", new byte[BIG]);
        client = server.login();
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(server.server().passivePortStatistics().leased()).isZero();
        client.expect(200, "NOOP");
        assertThat(server.text("/file")).isEqualTo("old");
        assertThat(client.list("NLST").lines()).containsExactlyInAnyOrder("file", "big");
        server.close();
        server.files().close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUploadThatIsResetIsNotPublished(boolean onDisk) throws Exception {
        start(onDisk, Duration.ofSeconds(20));
        for (int i = 0; i < 20; i++) {
            try (TestData data = client.extendedPassive()) {
                client.expect(150, "STOR file");
                data.write(new byte[100_000 * (i % 4)]);
                data.reset();
                client.expect(426);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDownloadThatIsResetIsReported(boolean onDisk) throws Exception {
        start(onDisk, Duration.ofSeconds(20));
        for (int i = 0; i < 20; i++) {
            try (TestData data = client.extendedPassive()) {
                client.expect(150, "RETR big");
                assertThat(data.read(100)).hasSize(100);
                data.reset();
                client.expect(426);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDownloadThatNobodyReadsIsGivenUp(boolean onDisk) throws Exception {
        start(onDisk, ServerFixture.SOON);
        try (TestData data = client.extendedPassive()) {
            client.expect(150, "RETR big");
            assertThat(data.read(1)).hasSize(1);
            client.expect(426);
        }
    }

    @Test
    void anUploadThatSendsNothingIsGivenUp() throws Exception {
        start(false, ServerFixture.SOON);
        try (TestData data = client.extendedPassive()) {
            client.expect(150, "STOR file");
            data.write(new byte[10]);
            client.expect(426);
        }
    }

    @Test
    void aClientThatDoesNotConnectIsToldSo() throws Exception {
        start(false, ServerFixture.SOON);
        client.extendedPassivePort();
        client.expect(150, "STOR file");
        client.expect(425);
        assertThat(server.server().passivePortStatistics().leased()).isZero();
    }

    @Test
    void aClientThatDoesNotListenIsToldSo() throws Exception {
        start(false, Duration.ofSeconds(20));
        client.extendedActive().close();
        client.expect(150, "STOR file");
        client.expect(425);
    }
}
