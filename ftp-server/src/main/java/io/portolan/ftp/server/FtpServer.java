package io.portolan.ftp.server;

import io.portolan.ftp.server.internal.FtpPortPlan;
import io.portolan.ftp.server.internal.ServerRuntime;
import io.portolan.ports.HostFacts;
import io.portolan.ports.PortPlan;
import io.portolan.session.ServerHandle;
import io.portolan.session.SessionInfo;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * A running FTP server.
 *
 * <pre>{@code
 * try (FtpServer server = FtpServer.builder()
 *         .port(2121)
 *         .user("alice", "secret")
 *         .files(PathFileSystem.of(Path.of("/srv/files")))
 *         .start()) {
 *     …
 * }
 * }</pre>
 *
 * <p>Without further settings only this machine can connect, nobody but the users named can log in, passwords are not taken over a network in the clear.
 * Safe to use from any thread.
 */
public final class FtpServer implements ServerHandle {

    private final FtpServerConfig config;
    private final ServerRuntime runtime;

    private FtpServer(FtpServerConfig config, ServerRuntime runtime) {
        this.config = config;
        this.runtime = runtime;
    }

    /**
     * Begins the settings of a server.
     *
     * @return a builder, whose {@code start()} starts the server
     */
    public static FtpServerConfig.Builder builder() {
        return new FtpServerConfig.Builder();
    }

    /**
     * Starts a server.
     *
     * @param config its settings
     * @return the server, listening
     * @throws java.io.UncheckedIOException if the port cannot be had; the message names it and tells what to do
     * @throws IllegalStateException if the transport that was asked for is not there
     */
    public static FtpServer start(FtpServerConfig config) {
        return new FtpServer(config, ServerRuntime.start(config));
    }

    /**
     * The settings that it was started with.
     *
     * @return the settings
     */
    public FtpServerConfig config() {
        return config;
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

    /**
     * How the passive ports are doing.
     *
     * @return the figures of this moment
     */
    public PassivePortStatistics passivePortStatistics() {
        return runtime.passivePortStatistics();
    }

    /**
     * The ports that this server uses, for whoever keeps the firewall.
     *
     * @return the ports, with those that the control connections really got, and what may bite on this machine
     * @throws IllegalStateException if the server has stopped
     */
    public PortPlan portPlan() {
        List<InetSocketAddress> all = addresses();
        if (all.isEmpty()) {
            throw new IllegalStateException("the server has stopped");
        }
        OptionalInt implicit = all.size() > 1 ? OptionalInt.of(all.get(1).getPort()) : OptionalInt.empty();
        return FtpPortPlan.of(config, all.get(0).getPort(), implicit, HostFacts.ofThisHost());
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
