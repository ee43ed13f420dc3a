package io.portolan.ftp.server.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.portolan.fs.DelegatingFileSystem;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileSystems;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.QuotaLimits;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.ResumableUploads;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import io.portolan.ftp.server.testing.FtpTestClient;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.ftp.server.testing.TestData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of files when an upload breaks, and of sessions when a file system does. */
@SuppressWarnings("try") // data connections that nobody reads
class BrokenUploadTest {

    private static final byte[] HALF = new byte[500_000];

    private static OptionalLong kept(ServerFixture server, String path) throws IOException {
        return server.files().capability(ResumableUploads.class).orElseThrow().keptSize(VirtualPath.of(path));
    }

    private static void awaitKept(ServerFixture server, String path, long size) {
        await().untilAsserted(() -> assertThat(kept(server, path)).hasValue(size));
    }

    private static void awaitNoSession(ServerFixture server) {
        await().untilAsserted(() -> assertThat(server.server().sessions()).isEmpty());
        assertThat(server.server().passivePortStatistics().leased()).isZero();
    }

    @Test
    void aDataConnectionThatIsResetLeavesTheOldFileAndKeepsThePart(@TempDir Path folder) throws Exception {
        for (ServerFixture fixture : new ServerFixture[] {ServerFixture.inMemory(), ServerFixture.onDisk(folder)}) {
            try (ServerFixture server = fixture) {
                server.write("/file", "old");
                FtpTestClient client = server.login();
                try (TestData data = client.extendedPassive()) {
                    client.expect(150, "STOR file");
                    data.write(HALF);
                    await().untilAsserted(() ->
                            assertThat(client.expect(211, "STAT").all()).contains("STOR /file, 500000 bytes"));
                    data.reset();
                    client.expect(426);
                }
                assertThat(server.text("/file")).isEqualTo("old");
                awaitKept(server, "/file", HALF.length);
                client.expect(200, "NOOP");
            }
        }
    }

    @Test
    void aBrokenUploadGoesOnWithSizeRestAndStor(@TempDir Path folder) throws Exception {
        try (ServerFixture server = ServerFixture.onDisk(folder)) {
            FtpTestClient client = server.login();
            breakOff(client, "STOR new");
            awaitKept(server, "/new", HALF.length);
            assertThat(server.exists("/new")).isFalse();
            assertThat(client.list("MLSD")).doesNotContain("new");
            assertThat(client.expect(213, "SIZE new").text()).isEqualTo("500000");
            client.expect(350, "REST 500000");
            client.upload("STOR new", "the end");
            assertThat(server.read("/new")).hasSize(500_007).endsWith("the end".getBytes(US_ASCII));
            assertThat(client.expect(213, "SIZE new").text()).isEqualTo("500007");
        }
    }

    @Test
    void aBrokenUploadGoesOnWithAppe() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            FtpTestClient client = server.login();
            breakOff(client, "STOR new");
            awaitKept(server, "/new", HALF.length);
            client.upload("APPE new", "the end");
            assertThat(server.read("/new")).hasSize(500_007);
        }
    }

    private static void breakOff(FtpTestClient client, String command) throws IOException {
        try (TestData data = client.extendedPassive()) {
            client.expect(150, command);
            data.write(HALF);
            await().untilAsserted(
                            () -> assertThat(client.expect(211, "STAT").all()).contains(" 500000 bytes"));
            client.expect(426, "ABOR");
            client.expect(226);
        }
    }

    @Test
    void nothingIsPublishedWhenTheControlConnectionDiesFirst() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            server.write("/file", "old");
            FtpTestClient client = server.login();
            try (TestData data = client.extendedPassive()) {
                client.expect(150, "STOR file");
                data.write(HALF);
                client.control().setSoLinger(true, 0);
                client.close();
                awaitNoSession(server);
                data.end();
            }
            assertThat(server.text("/file")).isEqualTo("old");
        }
    }

    @Test
    void nothingIsPublishedWhenTheClientsProcessDies() throws Exception {
        try (ServerFixture server = ServerFixture.inMemory()) {
            server.write("/file", "old");
            for (int i = 0; i < 50; i++) {
                FtpTestClient client = server.login();
                TestData data = client.extendedPassive();
                client.expect(150, "STOR file");
                data.write(HALF);
                // a kernel that ends a process closes its sockets in their order: both connections end in good form
                client.close();
                data.close();
                awaitNoSession(server);
                assertThat(server.text("/file")).isEqualTo("old");
            }
        }
    }

    @Test
    void aFullQuotaEndsTheUploadWith552() throws Exception {
        try (ServerFixture server =
                ServerFixture.serving(FileSystems.quota(InMemoryFileSystem.create(), QuotaLimits.ofBytes(100_000)))) {
            server.write("/file", "old");
            FtpTestClient client = server.login();
            try (TestData data = client.extendedPassive()) {
                client.expect(150, "STOR file");
                try {
                    data.write(HALF);
                    data.end();
                } catch (IOException cutOff) {
                    // the server may be quicker
                }
                client.expect(552);
            }
            assertThat(server.text("/file")).isEqualTo("old");
            client.expect(200, "NOOP");
        }
    }

    @Test
    void aFileSystemThatThrowsAnythingIsAnsweredWith451() throws Exception {
        DelegatingFileSystem failing = new DelegatingFileSystem() {
            @Override
            public ReadableFile openRead(VirtualPath path, long offset) {
                throw new IllegalStateException("secret path /srv/internal");
            }

            @Override
            public void delete(VirtualPath path) {
                throw new StackOverflowError();
            }

            @Override
            @SuppressWarnings("NullAway")
            public EntryStream list(VirtualPath directory) {
                return null;
            }

            @Override
            @SuppressWarnings("NullAway")
            public WritableFile openWrite(VirtualPath path, WriteMode mode) {
                return null;
            }
        };
        try (ServerFixture server = ServerFixture.serving(failing)) {
            FtpTestClient client = server.login();
            assertThat(client.refused(451, "RETR file").all()).doesNotContain("secret");
            client.expect(451, "DELE file");
            client.expect(451, "HASH file");
            client.refused(451, "STOR file");
            client.refused(451, "LIST");
            client.expect(257, "PWD");
        }
    }

    @Test
    void aFileSystemThatFailsWhileItWritesIsAnsweredWith451() throws Exception {
        DelegatingFileSystem failing = new DelegatingFileSystem() {
            @Override
            public WritableFile openWrite(VirtualPath path, WriteMode mode) throws IOException {
                WritableFile file = super.openWrite(path, mode);
                return new WritableFile() {
                    @Override
                    public void write(ByteBuffer source) throws IOException {
                        file.write(source);
                    }

                    @Override
                    public void commit() throws IOException {
                        throw new IOException("the disk is gone");
                    }

                    @Override
                    public void close() throws IOException {
                        file.close();
                    }
                };
            }
        };
        try (ServerFixture server = ServerFixture.serving(failing)) {
            FtpTestClient client = server.login();
            try (TestData data = client.extendedPassive()) {
                client.expect(150, "STOR file");
                data.write(HALF);
                data.end();
                client.expect(451);
            }
            assertThat(server.exists("/file")).isFalse();
        }
    }

    @Test
    void aFileSystemThatHangsIsAStallOfOursNotOfTheClients() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        DelegatingFileSystem hanging = new DelegatingFileSystem() {
            @Override
            public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
                return new ReadableFile() {
                    @Override
                    public int read(ByteBuffer target) throws IOException {
                        try {
                            release.await();
                        } catch (InterruptedException e) {
                            throw new IOException(e);
                        }
                        return -1;
                    }

                    @Override
                    public void close() {}
                };
            }
        };
        try (ServerFixture server = ServerFixture.serving(
                hanging, builder -> builder.timeouts(ServerFixture.TIMEOUTS.withStall(ServerFixture.SOON)))) {
            FtpTestClient client = server.login();
            try (TestData data = client.extendedPassive()) {
                client.sendRaw("RETR file\r\nNOOP\r\n");
                assertThat(List.of(client.reply().code(), client.reply().code()))
                        .containsExactlyInAnyOrder(150, 200);
                client.expect(451);
                // behind the read that hangs, and given up as well
                client.expect(451, "HASH file");
            } finally {
                release.countDown();
            }
            client.expect(257, "PWD");
        }
    }
}
