package io.portolan.ftps.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import io.portolan.ftp.server.FtpServer;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.FtpTimeouts;
import io.portolan.ftps.ServerTls;
import io.portolan.guard.LoginGuard;
import io.portolan.transport.TransportOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A server with TLS on two free ports of the loopback address, explicit and implicit, with one user, and the files behind it. */
public final class TlsFixture implements AutoCloseable {

    public static final String USER = "alice";
    public static final String PASSWORD = "open sesame";

    /** Far more than anything takes, so that only a hang fails a test. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final FtpTimeouts TIMEOUTS = FtpTimeouts.DEFAULT
            .withLogin(Duration.ofSeconds(20))
            .withIdle(Duration.ofSeconds(20))
            .withDataConnect(Duration.ofSeconds(10))
            .withStall(Duration.ofSeconds(10))
            .withControl(Duration.ofSeconds(10));

    private final FtpServer server;
    private final VirtualFileSystem files;

    private TlsFixture(FtpServer server, VirtualFileSystem files) {
        this.server = server;
        this.files = files;
    }

    public static TlsFixture serving(ServerTls tls) {
        return serving(tls, settings -> settings);
    }

    public static TlsFixture serving(ServerTls tls, UnaryOperator<FtpServerConfig.Builder> settings) {
        VirtualFileSystem files = InMemoryFileSystem.create();
        FtpServerConfig.Builder builder = FtpServer.builder()
                .port(0)
                .implicitPort(0)
                .securityMechanism(tls)
                .user(USER, PASSWORD)
                .files(files)
                .timeouts(TIMEOUTS)
                .loginGuard(LoginGuard.none())
                .transport(TransportOptions.builder()
                        .eventLoopThreads(1)
                        .workerThreads(4)
                        .build());
        return new TlsFixture(settings.apply(builder).start(), files);
    }

    public FtpServer server() {
        return server;
    }

    public int explicitPort() {
        return server.addresses().get(0).getPort();
    }

    public int implicitPort() {
        return server.addresses().get(1).getPort();
    }

    public void write(String path, byte[] bytes) throws IOException {
        try (WritableFile file = files.openWrite(VirtualPath.of(path), WriteMode.REPLACE)) {
            file.write(ByteBuffer.wrap(bytes));
            file.commit();
        }
    }

    public byte[] read(String path) throws IOException {
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

    public boolean exists(String path) throws IOException {
        try {
            files.stat(VirtualPath.of(path), LinkHandling.NO_FOLLOW);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() {
        assertThat(server.stop(Duration.ZERO)).succeedsWithin(PATIENCE);
    }
}
