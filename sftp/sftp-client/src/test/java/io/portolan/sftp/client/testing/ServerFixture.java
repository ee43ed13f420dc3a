package io.portolan.sftp.client.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.portolan.auth.Authenticator;
import io.portolan.fs.InMemoryFileSystem;
import io.portolan.guard.LoginGuard;
import io.portolan.sftp.client.HostKeys;
import io.portolan.sftp.client.SftpClient;
import io.portolan.sftp.server.SftpServer;
import io.portolan.sftp.server.SftpServerConfig;
import io.portolan.testing.Patience;
import io.portolan.transport.TransportOptions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** Our own server, with files in memory. */
public final class ServerFixture implements AutoCloseable {

    public static final String USER = "alice";
    public static final String PASSWORD = "open sesame";

    /** One for all tests, as making it is not what they test. */
    private static final KeyPair HOST_KEY = newKey();

    private final SftpServer server;

    private ServerFixture(SftpServer server) {
        this.server = server;
    }

    /** For one user with a password. */
    public static ServerFixture start() {
        return with(settings -> settings.user(USER, PASSWORD));
    }

    public static ServerFixture start(Authenticator decides) {
        return with(settings -> settings.authenticator(decides));
    }

    public static ServerFixture with(UnaryOperator<SftpServerConfig.Builder> settings) {
        return withoutKey(builder -> settings.apply(builder.hostKey(HOST_KEY)));
    }

    /** The same without a host key. */
    public static ServerFixture withoutKey(UnaryOperator<SftpServerConfig.Builder> settings) {
        SftpServerConfig.Builder builder = SftpServer.builder()
                .port(0)
                .files(InMemoryFileSystem.create())
                .loginGuard(LoginGuard.none())
                .transport(TransportOptions.builder()
                        .eventLoopThreads(1)
                        .workerThreads(4)
                        .build());
        return new ServerFixture(settings.apply(builder).start());
    }

    public static KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public SftpServer server() {
        return server;
    }

    public int port() {
        return server.port();
    }

    /** The server's lines of known_hosts. */
    public String known() {
        StringBuilder lines = new StringBuilder();
        server.hostKeys()
                .forEach(key -> lines.append("[127.0.0.1]:")
                        .append(port())
                        .append(' ')
                        .append(key.openSsh())
                        .append('\n'));
        return lines.toString();
    }

    /** A client that trusts this server. */
    public SftpClient.Builder client() {
        return client(port()).hostKeys(HostKeys.of(known()));
    }

    /** A client of some port, with few threads. */
    public static SftpClient.Builder client(int port) {
        return SftpClient.builder()
                .host("127.0.0.1")
                .port(port)
                .user(USER, PASSWORD)
                .transport(TransportOptions.builder()
                        .eventLoopThreads(1)
                        .workerThreads(2)
                        .build());
    }

    @Override
    public void close() {
        stop();
    }

    /** Says goodbye to everybody. */
    public void stop() {
        assertThat(server.stop(Duration.ZERO)).succeedsWithin(Patience.LONG_ENOUGH);
    }
}
