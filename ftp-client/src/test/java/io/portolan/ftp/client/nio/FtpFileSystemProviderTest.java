package io.portolan.ftp.client.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.ftp.client.FtpClient;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.testing.NastyServer;
import io.portolan.ftp.server.testing.ServerFixture;
import io.portolan.pool.PoolOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** File systems by their addresses, and their sessions. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FtpFileSystemProviderTest {

    private ServerFixture server;
    private URI address;

    @BeforeEach
    void start() {
        server = ServerFixture.inMemory();
        address = URI.create(
                "ftp://" + ServerFixture.USER + "@127.0.0.1:" + server.address().getPort());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aFileSystemIsKnownByItsAddressUntilItIsClosed() throws Exception {
        URI file = address.resolve("/a%20file");
        Map<String, ?> environment = Map.of(FtpFileSystem.PASSWORD, ServerFixture.PASSWORD.toCharArray());
        assertThatThrownBy(() -> Path.of(file)).isInstanceOf(FileSystemNotFoundException.class);
        try (FileSystem files = FileSystems.newFileSystem(address, environment)) {
            Files.writeString(files.getPath("/a file"), "content");
            assertThat(Files.readString(Path.of(file))).isEqualTo("content");
            assertThat(Path.of(file).toUri()).isEqualTo(file);
            assertThat(FileSystems.getFileSystem(address)).isSameAs(files);
            assertThatThrownBy(() -> FileSystems.newFileSystem(address, environment))
                    .isInstanceOf(FileSystemAlreadyExistsException.class);
        }
        assertThatThrownBy(() -> Path.of(file)).isInstanceOf(FileSystemNotFoundException.class);
    }

    @Test
    void passwordsAreInNoAddressAndInNoMessage() {
        URI told = URI.create("ftp://alice:secret@127.0.0.1");
        assertThatThrownBy(() -> FileSystems.newFileSystem(told, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        Supplier<String> wrong = () -> "wrong secret";
        assertThatThrownBy(() -> FileSystems.newFileSystem(address, Map.of(FtpFileSystem.PASSWORD, wrong)))
                .isInstanceOf(FtpReplyException.class)
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> FileSystems.newFileSystem(address, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no password");
    }

    @Test
    void anAddressThatSpeaksOfTlsLeadsToNoClientWithoutIt() {
        int port = server.address().getPort();
        try (FtpClient client = FtpFileSystemContractTest.client(server)) {
            assertThat(client.address()).isEqualTo(address);
            for (String scheme : List.of("ftps", "ftpes")) {
                URI guarded = URI.create(scheme + "://alice@127.0.0.1:" + port);
                assertThatThrownBy(() -> FileSystems.newFileSystem(guarded, Map.of(FtpFileSystem.CLIENT, client)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("ftp");
                assertThatThrownBy(() -> FileSystems.newFileSystem(guarded, Map.of(FtpFileSystem.PASSWORD, "x")))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("securityMechanism");
            }
        }
    }

    @Test
    void aClientThatIsLentStaysOpen() throws Exception {
        try (FtpClient client = FtpFileSystemContractTest.client(server)) {
            FileSystems.newFileSystem(address, Map.of(FtpFileSystem.CLIENT, client))
                    .close();
            try (FileSystem files = FtpFileSystem.over(client)) {
                assertThat(Files.isDirectory(files.getPath("/"))).isTrue();
            }
        }
    }

    @Test
    void aTreeThatIsDeeperThanThePoolIsWalked() throws Exception {
        try (FtpClient client = FtpFileSystemContractTest.client(server);
                FileSystem files = FtpFileSystem.over(client, pool(2))) {
            Path deep = files.getPath("/a/b/c/d/e/f");
            Files.createDirectories(deep);
            Files.writeString(deep.resolve("file"), "x");
            try (Stream<Path> all = Files.walk(files.getPath("/"))) {
                assertThat(all.filter(Files::isRegularFile).map(path -> {
                            try {
                                return Files.readString(path);
                            } catch (IOException e) {
                                return e.toString();
                            }
                        }))
                        .containsExactly("x");
            }
        }
    }

    private static PoolOptions pool(int connections) {
        return PoolOptions.builder()
                .maxConnections(connections)
                .maxWait(Duration.ofSeconds(20))
                .build();
    }

    @Test
    void copiesByMoreThreadsThanThereAreConnectionsDoNotWaitForEachOther() throws Exception {
        try (FtpClient client = FtpFileSystemContractTest.client(server);
                FileSystem files = FtpFileSystem.over(client, pool(2))) {
            Path from = Files.write(files.getPath("/from"), new byte[10_000]);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Path to = files.getPath("/to" + i);
                threads.add(new Thread(() -> {
                    try {
                        Files.copy(from, to);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            for (int i = 0; i < 5; i++) {
                assertThat(Files.size(files.getPath("/to" + i))).isEqualTo(10_000);
            }
        }
    }

    @Test
    void aPoolOfOneIsRefused() {
        try (FtpClient client = FtpFileSystemContractTest.client(server)) {
            assertThatThrownBy(() -> FtpFileSystem.over(client, pool(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("maxConnections");
        }
    }

    @Test
    void aDownloadThatIsCutOffIsNoEndOfAFile() throws Exception {
        try (FtpClient client = FtpFileSystemContractTest.client(server);
                FileSystem files = FtpFileSystem.over(client)) {
            Path file = Files.write(files.getPath("/file"), new byte[3_000_000]);
            try (InputStream in = Files.newInputStream(file)) {
                assertThat(in.read()).isZero();
                server.server().sessions().forEach(session -> server.server().disconnect(session.id(), "test"));
                assertThatThrownBy(in::readAllBytes).isInstanceOf(FtpException.class);
            }
            // the pool connects anew
            Awaitility.await().ignoreExceptions().until(() -> Files.size(file) == 3_000_000);
        }
    }

    @Test
    void toCloseItWakesWhoWaitsForASession() throws Exception {
        try (FtpClient client = FtpFileSystemContractTest.client(server)) {
            FileSystem files = FtpFileSystem.over(client, pool(2));
            Path file = Files.write(files.getPath("/file"), new byte[3_000_000]);
            InputStream one = Files.newInputStream(file);
            InputStream two = Files.newInputStream(file);
            List<Throwable> failures = new ArrayList<>();
            Thread third = new Thread(() -> {
                try {
                    Files.size(file);
                } catch (IOException | ClosedFileSystemException e) {
                    failures.add(e);
                }
            });
            third.start();
            Awaitility.await()
                    .until(() ->
                            third.getState() == Thread.State.WAITING || third.getState() == Thread.State.TIMED_WAITING);
            files.close();
            third.join();
            assertThat(failures).singleElement().isInstanceOf(ClosedFileSystemException.class);
            one.close();
            two.close();
        }
    }

    @Test
    void namesThatAreMoreThanOneAreNotAmongTheEntries() throws Exception {
        try (NastyServer nasty = NastyServer.start();
                FtpClient client =
                        FtpClient.builder().host("127.0.0.1").port(nasty.port()).build()) {
            nasty.listing(
                    "type=file;size=4; ../x",
                    "type=file;size=4; /etc/passwd",
                    "type=dir; ..",
                    "type=file;size=4; a/b",
                    "type=file;size=4; nul\0x",
                    "type=file;size=4; good");
            nasty.reply("MLST", "250-there", " type=dir; /pub", "250 end");
            try (FileSystem files = FtpFileSystem.over(client);
                    Stream<Path> entries = Files.list(files.getPath("/pub"))) {
                assertThat(entries).containsExactly(files.getPath("/pub/good"));
            }
        }
    }

    @Test
    void whatCouldNotBeWrittenOnceIsNotMadeGoodByItsEnd() throws Exception {
        try (FtpClient client = FtpFileSystemContractTest.client(server);
                FileSystem files = FtpFileSystem.over(client)) {
            Path file = files.getPath("/file");
            OutputStream out = Files.newOutputStream(file);
            out.write(1);
            Thread.currentThread().interrupt();
            // more than is on its way without anybody waiting
            assertThatThrownBy(() -> out.write(new byte[3_000_000])).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThatThrownBy(out::close).hasMessageContaining("not all");
        }
    }

    @Test
    void entriesBeyondThoseThatAreReadAtOnceComeToo() throws Exception {
        // more than FtpEntries.AT_ONCE
        int count = 10_050;
        InMemoryFileSystem store = InMemoryFileSystem.create();
        try (ServerFixture large = ServerFixture.serving(store);
                FtpClient client = FtpFileSystemContractTest.client(large);
                FileSystem files = FtpFileSystem.over(client, pool(2))) {
            for (int i = 0; i < count; i++) {
                large.write("/f" + i, "");
            }
            try (Stream<Path> all = Files.list(files.getPath("/"))) {
                assertThat(all.map(path -> {
                            try {
                                // the listing still has its connection, and there is another
                                return path.endsWith("f7") ? Files.size(path) : 0;
                            } catch (IOException e) {
                                return -1L;
                            }
                        }))
                        .hasSize(count)
                        .doesNotContain(-1L);
            }
            assertThat(Files.size(files.getPath("/f7"))).isZero();
        }
    }
}
