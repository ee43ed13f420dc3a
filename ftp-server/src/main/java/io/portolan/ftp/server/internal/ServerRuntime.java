package io.portolan.ftp.server.internal;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.portolan.core.internal.ports.BindErrors;
import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.core.internal.session.SessionIds;
import io.portolan.core.internal.session.SessionRegistry;
import io.portolan.core.internal.transport.TransportRuntime;
import io.portolan.ftp.security.SecurityMechanism;
import io.portolan.ftp.server.FtpServerConfig;
import io.portolan.ftp.server.PassivePortStatistics;
import io.portolan.ftp.server.internal.command.StandardCommands;
import io.portolan.ftp.server.internal.port.ActiveConnector;
import io.portolan.ftp.server.internal.port.ActiveModePolicy;
import io.portolan.ftp.server.internal.port.CidrBlock;
import io.portolan.ftp.server.internal.port.PassivePortAllocator;
import io.portolan.ftp.server.internal.port.PublicAddressRefresher;
import io.portolan.ftp.server.internal.session.ServerContext;
import io.portolan.ftp.server.internal.session.SessionView;
import io.portolan.guard.ConnectionGate;
import io.portolan.session.ServerHandle;
import io.portolan.session.SessionInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's parts, from the first thread to the last. Netty is called on threads of the {@link TransportRuntime} only; what users call here hands over.
 */
public final class ServerRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(ServerRuntime.class);

    /** Connections that the kernel holds while we are busy: what Linux allows since 5.4. */
    private static final int BACKLOG = 4096;

    /** Between the end of the drain and the end of the event loops: long enough for a last reply to leave. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    /** How long the start waits for the name of the public address. */
    private static final Duration ADDRESS_PATIENCE = Duration.ofSeconds(3);

    private final TransportRuntime transport;
    private final SessionRegistry<SessionView> sessions;
    private final PassivePortAllocator passivePorts;
    private final PublicAddressRefresher refresher;
    private final Channel listener;
    private final InetSocketAddress address;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    private ServerRuntime(
            TransportRuntime transport,
            SessionRegistry<SessionView> sessions,
            PassivePortAllocator passivePorts,
            PublicAddressRefresher refresher,
            Channel listener) {
        this.transport = transport;
        this.sessions = sessions;
        this.passivePorts = passivePorts;
        this.refresher = refresher;
        this.listener = listener;
        this.address = (InetSocketAddress) listener.localAddress();
    }

    /**
     * Starts a server.
     *
     * @throws UncheckedIOException if the port cannot be had
     */
    public static ServerRuntime start(FtpServerConfig config) {
        TransportRuntime transport = TransportRuntime.start(config.transport(), "ftp");
        try {
            return transport.onHouse(() -> assemble(config, transport)).join();
        } catch (CompletionException e) {
            transport.close();
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw new UncheckedIOException(io.getMessage(), io);
            }
            if (cause instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw e;
        }
    }

    private static ServerRuntime assemble(FtpServerConfig config, TransportRuntime transport) throws IOException {
        PublicAddressRefresher refresher = new PublicAddressRefresher(
                config.publicAddress(), transport.loops().next(), transport.workers());
        awaitAddress(refresher.start());
        PassivePortAllocator passivePorts = new PassivePortAllocator(
                config.passivePorts(), transport.loops().next(), transport.serverChannels());
        SessionRegistry<SessionView> sessions = new SessionRegistry<>();
        ServerContext context = new ServerContext(
                config,
                StandardCommands.table(config),
                transport.workers(),
                passivePorts,
                new ActiveConnector(
                        transport.clientChannels(), config.activeDataPort(), ActiveConnector.DEFAULT_CONNECT_TIMEOUT),
                policy(config),
                mechanisms(config),
                new ServerContext.Host(null, config.authenticator(), config.files(), config.messages()));
        ChannelFuture bound = transport
                .keepingUrgentData(new ServerBootstrap())
                .group(transport.acceptors(), transport.loops())
                .channelFactory(transport.serverChannels())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ConnectionAcceptor(
                        context, new ConnectionGate(config.limits()), new SessionIds(), sessions))
                .bind(config.bindAddress())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw BindErrors.describe("FTP", FtpServerConfig.STANDARD_PORT, config.bindAddress(), bound.cause());
        }
        LOG.info("FTP on {}, passive ports {}", bound.channel().localAddress(), config.passivePorts());
        return new ServerRuntime(transport, sessions, passivePorts, refresher, bound.channel());
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

    private static List<ServerSecurity> mechanisms(FtpServerConfig config) {
        List<ServerSecurity> result = new ArrayList<>();
        for (SecurityMechanism mechanism : config.securityMechanisms()) {
            if (!(mechanism instanceof ServerSecurity server)) {
                throw new IllegalArgumentException(
                        "securityMechanism: " + mechanism.getClass().getName() + " is not for servers");
            }
            result.add(server);
        }
        return result;
    }

    public List<InetSocketAddress> addresses() {
        return stopping.get() ? List.of() : List.of(address);
    }

    public List<SessionInfo> sessions() {
        return List.copyOf(sessions.snapshot());
    }

    public boolean disconnect(String sessionId, String reason) {
        return sessions.find(sessionId)
                .map(view -> {
                    view.session().loop().execute(() -> view.session().close(reason));
                    return true;
                })
                .orElse(false);
    }

    public PassivePortStatistics passivePortStatistics() {
        return passivePorts.statistics();
    }

    /** See {@link io.portolan.session.ServerHandle#stop}. */
    public CompletableFuture<Void> stop(Duration drain) {
        if (!stopping.compareAndSet(false, true)) {
            abortIn(drain);
            return stopped.copy();
        }
        transport.onHouse(() -> listener.close().awaitUninterruptibly()).thenRun(() -> {
            CompletableFuture<Void> drained = sessions.close();
            for (SessionView view : sessions.snapshot()) {
                onLoop(view, () -> view.session().drain());
            }
            abortIn(drain);
            drained.thenRun(this::end);
        });
        return stopped.copy();
    }

    private void abortIn(Duration drain) {
        EventLoop timer = transport.loops().next();
        try {
            timer.schedule(this::abortAll, drain.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RuntimeException e) {
            LOG.debug("The event loops have ended already", e);
        }
    }

    private void abortAll() {
        for (SessionView view : sessions.snapshot()) {
            onLoop(view, () -> view.session().close("the server has stopped"));
        }
        // a file system that hangs must not keep the server from ending
        transport.loops().next().schedule(this::end, FAREWELL.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void onLoop(SessionView view, Runnable task) {
        view.session().loop().execute(task);
    }

    private void end() {
        if (!ending.compareAndSet(false, true)) {
            return;
        }
        refresher.close();
        passivePorts
                .shutdown()
                .addListener(closed -> transport.shutdown(FAREWELL).whenComplete((done, failure) -> {
                    if (failure == null) {
                        stopped.complete(null);
                    } else {
                        stopped.completeExceptionally(failure);
                    }
                }));
    }

    /** See {@link io.portolan.session.ServerHandle#close}. */
    public void close() {
        CompletableFuture<Void> end = stop(ServerHandle.DEFAULT_DRAIN);
        if (transport.owns(Thread.currentThread())) {
            LOG.warn("close() was called on a thread of the server's own, and does not wait for the end");
            return;
        }
        try {
            end.join();
        } catch (CompletionException e) {
            LOG.warn("The server did not end cleanly", e.getCause());
        }
        // The thread that told of the end has to end as well.
        transport.close();
    }
}
