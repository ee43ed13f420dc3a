package io.portolan.ftp.server.internal;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.portolan.core.internal.security.SecurityThreads;
import io.portolan.core.internal.security.ServerMechanism;
import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.core.internal.server.Admission;
import io.portolan.core.internal.server.Listening;
import io.portolan.core.internal.server.RunningServer;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.ftp.security.SecurityMechanism;
import io.portolan.ftp.server.ControlProtection;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.PassivePortStatistics;
import io.portolan.ftp.server.internal.command.StandardCommands;
import io.portolan.ftp.server.internal.port.ActiveConnector;
import io.portolan.ftp.server.internal.port.ActiveModePolicy;
import io.portolan.ftp.server.internal.port.CidrBlock;
import io.portolan.ftp.server.internal.port.PassivePortAllocator;
import io.portolan.ftp.server.internal.port.PublicAddressRefresher;
import io.portolan.ftp.server.internal.session.CommandTable;
import io.portolan.ftp.server.internal.session.RefusedCertificates;
import io.portolan.ftp.server.internal.session.ServerContext;
import io.portolan.ftp.server.internal.session.SessionView;
import io.portolan.session.SessionInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an FTP server consists of, beside what every server does. */
public final class ServerRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(ServerRuntime.class);

    /** How many octets of commands are read at a time, at most: all that they hold is decoded, however many of them may wait. */
    private static final int CONTROL_BUFFER = 4096;

    /** How long the start waits for the name of the public address. */
    private static final Duration ADDRESS_PATIENCE = Duration.ofSeconds(3);

    private final RunningServer running;
    private final PassivePortAllocator passivePorts;

    private ServerRuntime(RunningServer running, PassivePortAllocator passivePorts) {
        this.running = running;
        this.passivePorts = passivePorts;
    }

    /**
     * Starts a server.
     *
     * @throws java.io.UncheckedIOException if the port cannot be had
     */
    public static ServerRuntime start(FtpServerConfig config) {
        return RunningServer.start(config.transport(), "ftp", transport -> assemble(config, transport));
    }

    private static ServerRuntime assemble(FtpServerConfig config, TransportRuntime transport) throws IOException {
        List<ServerSecurity> mechanisms = new ArrayList<>();
        try {
            open(config, transport, mechanisms);
            return assemble(config, transport, List.copyOf(mechanisms));
        } catch (IOException | RuntimeException | Error e) {
            mechanisms.forEach(ServerSecurity::close);
            throw e;
        }
    }

    private static ServerRuntime assemble(
            FtpServerConfig config, TransportRuntime transport, List<ServerSecurity> mechanisms) throws IOException {
        CommandTable commands = StandardCommands.table(config);
        PassivePortAllocator passivePorts =
                new PassivePortAllocator(config.passivePorts(), loops(transport), transport.serverChannels());
        ServerContext context = new ServerContext(
                config,
                commands,
                transport.workers(),
                passivePorts,
                activeConnector(transport, config.activeDataPort()),
                policy(config),
                mechanisms,
                new RefusedCertificates(config.loginGuard()),
                new ServerContext.Host(null, config.authenticator(), config.files(), config.messages()));
        PublicAddressRefresher refresher = new PublicAddressRefresher(
                config.publicAddress(), transport.loops().next(), transport.workers());
        try {
            awaitAddress(refresher.start());
            Admission<SessionView> admission = new Admission<>(config.loginGuard(), config.limits());
            List<Channel> listeners = listen(config, transport, context, admission);
            RunningServer running = new RunningServer(transport, admission.sessions(), listeners, () -> {
                refresher.close();
                mechanisms.forEach(ServerSecurity::close);
                return passivePorts.shutdown();
            });
            return new ServerRuntime(running, passivePorts);
        } catch (IOException | RuntimeException | Error e) {
            // its timer may be on a loop that is lent, which goes on
            refresher.close();
            throw e;
        }
    }

    private static ActiveConnector activeConnector(TransportRuntime transport, int dataPort) {
        return new ActiveConnector(transport.clientChannels(), dataPort, ActiveConnector.DEFAULT_CONNECT_TIMEOUT);
    }

    private static List<EventLoop> loops(TransportRuntime transport) {
        List<EventLoop> loops = new ArrayList<>();
        transport.loops().forEach(loop -> loops.add((EventLoop) loop));
        return loops;
    }

    private static List<Channel> listen(
            FtpServerConfig config, TransportRuntime transport, ServerContext context, Admission<SessionView> admission)
            throws IOException {
        List<Channel> listeners = new ArrayList<>(2);
        InetSocketAddress address = config.bindAddress();
        listeners.add(listen(
                "FTP",
                FtpServerConfig.STANDARD_PORT,
                address,
                transport,
                admission,
                new ControlReception(context, admission.sessions(), config.controlProtection())));
        LOG.info("FTP on {}, passive ports {}", listeners.get(0).localAddress(), config.passivePorts());
        if (config.implicitPort().isPresent()) {
            try {
                listeners.add(listen(
                        "FTP with implicit TLS",
                        FtpServerConfig.IMPLICIT_PORT,
                        new InetSocketAddress(
                                address.getAddress(), config.implicitPort().getAsInt()),
                        transport,
                        admission,
                        new ControlReception(
                                context.withActiveConnector(
                                        activeConnector(transport, config.implicitActiveDataPort())),
                                admission.sessions(),
                                ControlProtection.IMPLICIT)));
            } catch (IOException | RuntimeException | Error e) {
                // its loop may be lent, and go on
                listeners.get(0).close();
                throw e;
            }
            LOG.info("FTP with implicit TLS on {}", listeners.get(1).localAddress());
        }
        return listeners;
    }

    private static Channel listen(
            String what,
            int standardPort,
            InetSocketAddress address,
            TransportRuntime transport,
            Admission<SessionView> admission,
            ControlReception reception)
            throws IOException {
        ServerBootstrap bootstrap = transport
                .keepingUrgentData(new ServerBootstrap())
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, 1024, CONTROL_BUFFER))
                .childHandler(admission.handler(reception));
        return Listening.on(what, standardPort, address, transport, bootstrap);
    }

    /** A name that is slow to be found must not keep the server from starting; PASV is refused until it is. */
    private static void awaitAddress(CompletableFuture<Void> found) {
        try {
            found.get(ADDRESS_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("The public address is not known after {}; PASV is refused until it is", ADDRESS_PATIENCE);
        } catch (ExecutionException e) {
            LOG.warn("The public address cannot be found out", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ActiveModePolicy policy(FtpServerConfig config) {
        return config.fxpNetworks().isEmpty()
                ? ActiveModePolicy.controlPeerOnly()
                : ActiveModePolicy.fxpInto(
                        config.fxpNetworks().stream().map(CidrBlock::parse).toList());
    }

    private static void open(FtpServerConfig config, TransportRuntime transport, List<ServerSecurity> opened)
            throws IOException {
        SecurityThreads threads = new SecurityThreads() {
            @Override
            public <T> CompletableFuture<T> onHouse(Callable<T> task) {
                return transport.onHouse(task);
            }

            @Override
            public Executor workers() {
                return transport.workers();
            }
        };
        for (SecurityMechanism mechanism : config.securityMechanisms()) {
            if (!(mechanism instanceof ServerMechanism server)) {
                throw new IllegalArgumentException(
                        "securityMechanism: " + mechanism.getClass().getName() + " is not for servers");
            }
            opened.add(server.open(threads));
        }
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

    public PassivePortStatistics passivePortStatistics() {
        return passivePorts.statistics();
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
