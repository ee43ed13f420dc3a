package io.portolan.ftp.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import io.portolan.fs.nio.PathFileSystem;
import io.portolan.ftp.server.FtpServer;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.FtpTimeouts;
import io.portolan.guard.LoginGuard;
import io.portolan.testing.Patience;
import io.portolan.transport.TransportOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A server on a free port of the loopback address, with one user, and the files behind it. */
public class ServerFixture implements AutoCloseable {

    public static final String USER = "alice";
    public static final String PASSWORD = "open sesame";

    /** Long enough for a busy machine, short enough that a session that hangs is seen within the patience of the client. */
    public static final FtpTimeouts TIMEOUTS = FtpTimeouts.DEFAULT
            .withLogin(Duration.ofSeconds(40))
            .withIdle(Duration.ofSeconds(40))
            .withDataConnect(Duration.ofSeconds(20))
            .withStall(Duration.ofSeconds(20))
            .withFiles(Duration.ofSeconds(20))
            .withControl(Duration.ofSeconds(20));

    /** A time-out that a test waits for, and that nothing else which it does comes near to, on a busy machine either. */
    public static final Duration SOON = Duration.ofSeconds(2);

    private final FtpServer server;
    private final VirtualFileSystem files;
    private final List<FtpTestClient> clients = new ArrayList<>();

    protected ServerFixture(VirtualFileSystem files, UnaryOperator<FtpServerConfig.Builder> settings) {
        this.files = files;
        FtpServerConfig.Builder builder = FtpServer.builder()
                .port(0)
                .user(USER, PASSWORD)
                .files(files)
                .timeouts(TIMEOUTS)
                .loginGuard(LoginGuard.none())
                .transport(TransportOptions.builder()
                        .eventLoopThreads(1)
                        .workerThreads(4)
                        .build());
        this.server = settings.apply(builder).start();
    }

    /** A server over an empty tree in memory. */
    public static ServerFixture inMemory() {
        return serving(InMemoryFileSystem.create());
    }

    /** A server over an empty tree in memory, with settings of its own. */
    public static ServerFixture inMemory(UnaryOperator<FtpServerConfig.Builder> settings) {
        return serving(InMemoryFileSystem.create(), settings);
    }

    /** A server over a folder. */
    public static ServerFixture onDisk(Path folder) throws IOException {
        return serving(PathFileSystem.of(folder));
    }

    public static ServerFixture serving(VirtualFileSystem files) {
        return serving(files, builder -> builder);
    }

    public static ServerFixture serving(VirtualFileSystem files, UnaryOperator<FtpServerConfig.Builder> settings) {
        return new ServerFixture(files, settings);
    }

    public final FtpServer server() {
        return server;
    }

    /** The files that everybody sees, unless the settings say otherwise. */
    public final VirtualFileSystem files() {
        return files;
    }

    public final InetSocketAddress address() {
        return server.addresses().get(0);
    }

    /** A client that has its greeting still to read; closed with this fixture. */
    public final FtpTestClient connect() throws IOException {
        FtpTestClient client = FtpTestClient.connect(address());
        clients.add(client);
        return client;
    }

    /** A client that is logged in, in TYPE I; closed with this fixture. */
    public final FtpTestClient login() throws IOException {
        return connect().login();
    }

    // --- the files behind the server

    public final void write(String path, byte[] bytes) throws IOException {
        try (WritableFile file = files.openWrite(VirtualPath.of(path), WriteMode.REPLACE)) {
            file.write(ByteBuffer.wrap(bytes));
            file.commit();
        }
    }

    public final void write(String path, String text) throws IOException {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public final void directory(String path) throws IOException {
        files.createDirectory(VirtualPath.of(path));
    }

    public final byte[] read(String path) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (ReadableFile file = files.openRead(VirtualPath.of(path), 0)) {
            ByteBuffer part = ByteBuffer.allocate(64 * 1024);
            while (file.read(part) >= 0) {
                all.write(part.array(), 0, part.position());
                part.clear();
            }
        }
        return all.toByteArray();
    }

    public final String text(String path) throws IOException {
        return new String(read(path), StandardCharsets.UTF_8);
    }

    public final boolean exists(String path) throws IOException {
        try {
            files.stat(VirtualPath.of(path), LinkHandling.NO_FOLLOW);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Stops the server at once; it must have ended within the client's patience. */
    @Override
    public void close() throws IOException {
        for (FtpTestClient client : clients) {
            client.close();
        }
        assertThat(server.stop(Duration.ZERO)).succeedsWithin(Patience.LONG_ENOUGH);
    }
}
