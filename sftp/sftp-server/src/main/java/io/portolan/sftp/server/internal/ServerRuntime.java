package io.portolan.sftp.server.internal;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.portolan.core.internal.server.Admission;
import io.portolan.core.internal.server.Listening;
import io.portolan.core.internal.server.RunningServer;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.session.SessionInfo;
import io.portolan.sftp.server.PublicHostKey;
import io.portolan.sftp.server.SftpServerConfig;
import io.portolan.sftp.server.internal.session.ServerContext;
import io.portolan.sftp.server.internal.session.SessionView;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an SFTP server consists of, beside what every server does. */
public final class ServerRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(ServerRuntime.class);

    private final RunningServer running;
    private final List<PublicHostKey> hostKeys;

    private ServerRuntime(RunningServer running, List<PublicHostKey> hostKeys) {
        this.running = running;
        this.hostKeys = hostKeys;
    }

    /**
     * Starts a server.
     *
     * @throws java.io.UncheckedIOException if the port cannot be had, or a host key not be read
     */
    public static ServerRuntime start(SftpServerConfig config) {
        return RunningServer.start(config.transport(), "sftp", transport -> assemble(config, transport));
    }

    private static ServerRuntime assemble(SftpServerConfig config, TransportRuntime transport) throws IOException {
        SecureRandom random = new SecureRandom();
        HostKeys keys = HostKeys.of(config, random);
        ServerContext context =
                ServerContext.of(config, keys.forTransport(), keys.pairs(), transport.workers(), random);
        Admission<SessionView> admission = new Admission<>(config.loginGuard(), config.limits());
        ServerBootstrap bootstrap =
                new ServerBootstrap().childHandler(admission.handler(new SshReception(context, admission.sessions())));
        Channel listener =
                Listening.on("SFTP", SftpServerConfig.STANDARD_PORT, config.bindAddress(), transport, bootstrap);
        List<PublicHostKey> published = keys.published();
        LOG.info(
                "SFTP on {}, host keys {}",
                listener.localAddress(),
                published.stream().map(PublicHostKey::fingerprint).toList());
        RunningServer running = new RunningServer(
                transport, admission.sessions(), List.of(listener), () -> CompletableFuture.completedFuture(null));
        return new ServerRuntime(running, published);
    }

    public List<PublicHostKey> hostKeys() {
        return hostKeys;
    }

    public List<InetSocketAddress> addresses() {
        return running.addresses();
    }

    public List<SessionInfo> sessions() {
        return running.sessions();
    }

    public boolean disconnect(String sessionId, String reason) {
        return running.disconnect(sessionId, reason);
    }

    /** See {@link io.portolan.session.ServerHandle#stop}. */
    public CompletableFuture<Void> stop(Duration drain) {
        return running.stop(drain);
    }

    /** See {@link io.portolan.session.ServerHandle#close}. */
    public void close() {
        running.close();
    }
}
