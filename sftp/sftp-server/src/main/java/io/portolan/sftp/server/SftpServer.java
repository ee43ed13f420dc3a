package io.portolan.sftp.server;

import io.portolan.ports.HostFacts;
import io.portolan.ports.PortPlan;
import io.portolan.session.ServerHandle;
import io.portolan.session.SessionInfo;
import io.portolan.sftp.server.internal.ServerRuntime;
import io.portolan.sftp.server.internal.SftpPortPlan;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A running SFTP server: SSH with nothing behind it but files. There is no shell, no command and no forwarding.
 *
 * <pre>{@code
 * try (SftpServer server = SftpServer.builder()
 *         .port(2222)
 *         .hostKeyFile(Path.of("/var/lib/app/ssh_host_key"))
 *         .user("alice", "secret")
 *         .files(PathFileSystem.of(Path.of("/srv/files")))
 *         .start()) {
 *     …
 * }
 * }</pre>
 *
 * <p>Without further settings only this machine can connect, and nobody but the users named can log in. Safe to use from any thread.
 */
public final class SftpServer implements ServerHandle {

    private final SftpServerConfig config;
    private final ServerRuntime runtime;

    private SftpServer(SftpServerConfig config, ServerRuntime runtime) {
        this.config = config;
        this.runtime = runtime;
    }

    /**
     * Begins the settings of a server.
     *
     * @return a builder, whose {@code start()} starts the server
     */
    public static SftpServerConfig.Builder builder() {
        return new SftpServerConfig.Builder();
    }

    /**
     * Starts a server. The first start makes the host key if its file is not there.
     *
     * @param config its settings
     * @return the server, listening
     * @throws java.io.UncheckedIOException if the port cannot be had, or a host key not be read; the message names it and tells what to do
     * @throws IllegalStateException if the transport that was asked for is not there
     */
    public static SftpServer start(SftpServerConfig config) {
        return new SftpServer(config, ServerRuntime.start(config));
    }

    /**
     * The settings that it was started with.
     *
     * @return the settings
     */
    public SftpServerConfig config() {
        return config;
    }

    /**
     * The keys by which it shows who it is, for those who want to compare what their client asks them at the first connection.
     *
     * @return the keys, one or more
     */
    public List<PublicHostKey> hostKeys() {
        return runtime.hostKeys();
    }

    /**
     * The port that this server uses, for whoever keeps the firewall.
     *
     * @return the port that it really got, and what may bite on this machine
     * @throws IllegalStateException if the server has stopped
     */
    public PortPlan portPlan() {
        return SftpPortPlan.of(config, port(), HostFacts.ofThisHost());
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return runtime.addresses();
    }

    @Override
    public List<SessionInfo> sessions() {
        return runtime.sessions();
    }

    @Override
    public boolean disconnect(String sessionId, String reason) {
        return runtime.disconnect(sessionId, reason);
    }

    @Override
    public CompletableFuture<Void> stop(Duration drain) {
        return runtime.stop(drain);
    }

    @Override
    public void close() {
        runtime.close();
    }
}
