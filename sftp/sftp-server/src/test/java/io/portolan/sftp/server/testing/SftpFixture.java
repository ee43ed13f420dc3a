package io.portolan.sftp.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.auth.AuthenticationRequest;
import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import io.portolan.guard.LoginGuard;
import io.portolan.sftp.server.SftpServer;
import io.portolan.sftp.server.SftpServerConfig;
import io.portolan.sftp.server.SftpTimeouts;
import io.portolan.testing.Patience;
import io.portolan.transport.TransportOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A server on a free port of the loopback address, with one user, and the files behind it. */
public final class SftpFixture implements AutoCloseable {

    public static final String USER = "alice";
    public static final String PASSWORD = "open sesame";

    /** Long enough for a busy machine, short enough that a session that hangs is seen within the patience of the client. */
    public static final SftpTimeouts TIMEOUTS = SftpTimeouts.DEFAULT
            .withLogin(Duration.ofSeconds(40))
            .withIdle(Duration.ofSeconds(40))
            .withStall(Duration.ofSeconds(20));

    /** One for all tests, as making it is not what they test. */
    private static final KeyPair HOST_KEY = hostKey();

    private final SftpServer server;
    private final VirtualFileSystem files;

    private SftpFixture(VirtualFileSystem files, UnaryOperator<SftpServerConfig.Builder> settings) {
        this.files = files;
        this.server = settings.apply(builder().files(files)).start();
    }

    /** Settings of a server for a test, which still needs files. */
    public static SftpServerConfig.Builder builder() {
        return SftpServer.builder()
                .port(0)
                .hostKey(HOST_KEY)
                .authenticator(SftpFixture::authenticate)
                .timeouts(TIMEOUTS)
                .loginGuard(LoginGuard.none())
                .transport(TransportOptions.builder()
                        .eventLoopThreads(1)
                        .workerThreads(4)
                        .build());
    }

    /** Without the work of a password's hash, which is not what these tests are about. */
    private static AuthenticationResult authenticate(AuthenticationRequest request) {
        boolean right = request.user().equals(USER)
                && request.credentials() instanceof Credentials.Password password
                && PASSWORD.contentEquals(CharBuffer.wrap(password.characters()));
        return right
                ? AuthenticationResult.accepted(Identity.of(USER))
                : AuthenticationResult.rejected("not " + USER + "'s password");
    }

    private static KeyPair hostKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server over an empty tree in memory. */
    public static SftpFixture inMemory() {
        return serving(InMemoryFileSystem.create(), settings -> settings);
    }

    public static SftpFixture serving(VirtualFileSystem files, UnaryOperator<SftpServerConfig.Builder> settings) {
        return new SftpFixture(files, settings);
    }

    public SftpServer server() {
        return server;
    }

    /** The files that everybody sees, unless the settings say otherwise. */
    public VirtualFileSystem files() {
        return files;
    }

    public int port() {
        return server.port();
    }

    // --- the files behind the server

    public void write(String path, byte[] bytes) throws IOException {
        try (WritableFile file = files.openWrite(VirtualPath.of(path), WriteMode.REPLACE)) {
            file.write(ByteBuffer.wrap(bytes));
            file.commit();
        }
    }

    public void write(String path, String text) throws IOException {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public void directory(String path) throws IOException {
        files.createDirectory(VirtualPath.of(path));
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

    public String text(String path) throws IOException {
        return new String(read(path), StandardCharsets.UTF_8);
    }

    public boolean exists(String path) throws IOException {
        try {
            files.stat(VirtualPath.of(path), LinkHandling.NO_FOLLOW);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Stops the server at once; it must have ended within the client's patience. */
    @Override
    public void close() {
        assertThat(server.stop(Duration.ZERO)).succeedsWithin(Patience.LONG_ENOUGH);
    }
}
