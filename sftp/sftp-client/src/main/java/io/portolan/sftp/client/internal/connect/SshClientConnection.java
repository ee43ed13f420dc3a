package io.portolan.sftp.client.internal.connect;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.sftp.client.SftpAuthenticationException;
import io.portolan.sftp.client.SftpConnectionException;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.SftpTimeoutException;
import io.portolan.sftp.client.internal.Untrusted;
import io.portolan.sftp.client.internal.auth.ClientAuthHandler;
import io.portolan.sftp.client.internal.auth.LoginListener;
import io.portolan.sftp.client.internal.hostkey.HostKeyJudge;
import io.portolan.sftp.client.internal.hostkey.HostKeyLearning;
import io.portolan.ssh.internal.connection.ChannelOpenException;
import io.portolan.ssh.internal.connection.ConnectionSettings;
import io.portolan.ssh.internal.connection.DirectTarget;
import io.portolan.ssh.internal.connection.SessionPrograms;
import io.portolan.ssh.internal.connection.SshChannel;
import io.portolan.ssh.internal.connection.SshChannelListener;
import io.portolan.ssh.internal.connection.SshConnectionHandler;
import io.portolan.ssh.internal.connection.WindowBudget;
import io.portolan.ssh.internal.packet.SshPacketDecoder;
import io.portolan.ssh.internal.packet.SshPacketEncoder;
import io.portolan.ssh.internal.transport.KeyExchangeLanes;
import io.portolan.ssh.internal.transport.KeysRenewed;
import io.portolan.ssh.internal.transport.PeerDisconnected;
import io.portolan.ssh.internal.transport.SshTransportHandler;
import io.portolan.ssh.internal.transport.TransportFailed;
import io.portolan.ssh.internal.transport.TransportReady;
import io.portolan.ssh.internal.transport.TransportRole;
import io.portolan.ssh.internal.transport.TransportSettings;
import io.portolan.ssh.internal.version.SshVersionHandler;
import io.portolan.ssh.internal.version.VersionsExchanged;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SSH connection to one server, from the first octet to the last: identification, keys, login, then channels. On its event loop only, unless it is said otherwise.
 */
public final class SshClientConnection {

    private static final Logger LOG = LoggerFactory.getLogger(SshClientConnection.class);

    private static final String IDENTIFICATION = "SSH-2.0-Portolan";

    /** The core's deadline for a first key exchange comes behind ours, which can say more. */
    private static final Duration BEHIND = Duration.ofSeconds(1);

    private static final int MAX_IDENTIFICATION = 255;
    private static final int MAX_METHOD_NAMES = 400;

    /** How far it is. */
    private enum Phase {
        IDENTIFYING("before it has said what it is"),
        KEY_EXCHANGE("while keys were exchanged"),
        LOGIN("during the login"),
        OPEN("");

        private final String when;

        Phase(String when) {
            this.when = when;
        }
    }

    private final Hop hop;
    private final ConnectSettings settings;
    private final Channel channel;
    private final WorkerLane lane;
    private final WindowBudget windows;
    private final HostKeyJudge judge;
    private final SshPacketDecoder decoder = new SshPacketDecoder();
    private final SshPacketEncoder encoder;
    private final SshTransportHandler transport;
    private final CompletableFuture<SshClientConnection> ready = new CompletableFuture<>();
    private final CompletableFuture<SftpException> closed = new CompletableFuture<>();
    private final Set<Consumer<? super SftpException>> listeners = new LinkedHashSet<>();
    private final StringBuilder banner = new StringBuilder();
    private Phase phase = Phase.IDENTIFYING;
    private String identification = "";
    private @Nullable SftpException failure;
    private @Nullable ClientAuthHandler auth;
    private @Nullable SshConnectionHandler connection;
    private @Nullable Future<?> timer;

    private SshClientConnection(
            Hop hop,
            ConnectSettings settings,
            Channel channel,
            WorkerLane lane,
            WindowBudget windows,
            HostKeyJudge judge,
            SecureRandom random) {
        this.hop = hop;
        this.settings = settings;
        this.channel = channel;
        this.lane = lane;
        this.windows = windows;
        this.judge = judge;
        this.encoder = new SshPacketEncoder(random);
        this.transport = new SshTransportHandler(
                new TransportRole.Client(judge),
                transportSettings(settings, judge),
                decoder,
                encoder,
                KeyExchangeLanes.Pair.both(lane),
                random);
    }

    private static TransportSettings transportSettings(ConnectSettings settings, HostKeyJudge judge) {
        List<String> hostKeys = judge.order(settings.algorithms().hostKeys());
        TransportSettings standard =
                TransportSettings.of(settings.algorithms().withHostKeys(hostKeys), settings.rekey(), List.of());
        return new TransportSettings(
                standard.algorithms(),
                standard.requireStrict(),
                standard.rekey(),
                settings.timeouts().handshake().plus(BEHIND),
                List.of());
    }

    /**
     * Logs in over a channel that is connected and does not read yet.
     *
     * @param lane of this connection alone
     * @param judge decides whether it is the right server
     * @return the connection, ready for channels; fails with an {@link SftpException}, and then the channel is closed
     */
    static CompletableFuture<SshClientConnection> on(
            Channel channel,
            Hop hop,
            ConnectSettings settings,
            WorkerLane lane,
            WindowBudget windows,
            HostKeyJudge judge,
            SecureRandom random) {
        SshClientConnection made = new SshClientConnection(hop, settings, channel, lane, windows, judge, random);
        made.begin();
        return made.ready;
    }

    private void begin() {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(SshClientPipeline.VERSION, SshVersionHandler.forClient(IDENTIFICATION));
        pipeline.addLast(SshClientPipeline.DECODER, decoder);
        pipeline.addLast(SshClientPipeline.ENCODER, encoder);
        pipeline.addLast(SshClientPipeline.TRANSPORT, transport);
        pipeline.addLast(SshClientPipeline.SESSION, new SessionHandler());
        limit("it has not said what it is");
        channel.config().setAutoRead(true);
    }

    // what others ask

    /** Its event loop. */
    public EventLoop loop() {
        return channel.eventLoop();
    }

    /** Where buffers for its channels come from. */
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    /** Where its keys are computed and people are asked; other work of the connection may be queued there. From any thread. */
    public WorkerLane lane() {
        return lane;
    }

    /** Which server it is to. From any thread. */
    public Hop hop() {
        return hop;
    }

    /** What the server calls itself: its identification, made harmless. */
    public String identification() {
        return identification;
    }

    /** What the server has said before it let us in; maybe empty. */
    public String banner() {
        return banner.toString();
    }

    /** The agreed algorithms. */
    public SshTransportHandler transport() {
        return transport;
    }

    /** The opening of a channel, for a subsystem. */
    public CompletableFuture<SshChannel> openSubsystem(
            String name, Function<? super SshChannel, ? extends SshChannelListener> program) {
        return opened(
                "the subsystem " + name,
                settings.timeouts().reply(),
                this::fail,
                () -> open().openSubsystem(name, program));
    }

    /** The same on a connection that others use: if the server is silent, they may go on, and a channel that is opened late is closed. */
    public CompletableFuture<SshChannel> openSubsystemBeside(
            String name, Duration patience, Function<? super SshChannel, ? extends SshChannelListener> program) {
        return opened("the subsystem " + name, patience, silence -> {}, () -> open().openSubsystem(name, program));
    }

    /** The opening of a channel through the server to another one. */
    CompletableFuture<SshChannel> openDirect(
            Hop next, Function<? super SshChannel, ? extends SshChannelListener> program) {
        return opened(
                "a connection to " + next,
                settings.timeouts().connect(),
                this::fail,
                () -> open().openDirect(new DirectTarget(next.host(), next.port()), program));
    }

    private SshConnectionHandler open() {
        SshConnectionHandler present = connection;
        if (present == null) {
            throw new IllegalStateException("not logged in");
        }
        return present;
    }

    /** Waits for that long, and then tells what has to be done about a server that is silent. */
    private CompletableFuture<SshChannel> opened(
            String what,
            Duration patience,
            Consumer<? super SftpTimeoutException> silent,
            Supplier<Future<SshChannel>> opening) {
        if (closed.isDone()) {
            return CompletableFuture.failedFuture(closed.join());
        }
        CompletableFuture<SshChannel> result = new CompletableFuture<>();
        Future<?> patienceEnds = channel.eventLoop()
                .schedule(
                        () -> {
                            SftpTimeoutException silence = new SftpTimeoutException(
                                    hop + " has not opened " + what + " within " + patience, null);
                            silent.accept(silence);
                            result.completeExceptionally(silence);
                        },
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
        Future<SshChannel> future = opening.get();
        Futures.of(future).whenComplete((nothing, cause) -> {
            patienceEnds.cancel(false);
            if (cause == null) {
                SshChannel opened = future.getNow();
                if (!result.complete(opened)) {
                    opened.finish(0);
                }
            } else if (cause instanceof ChannelOpenException) {
                result.completeExceptionally(
                        new SftpException(hop + " does not open " + what + ": " + cause.getMessage(), cause, false));
            } else {
                SftpException known = failure;
                result.completeExceptionally(known == null ? ConnectFailures.of(hop, cause) : known);
            }
        });
        return result;
    }

    /** Completes, and never fails, when the connection is closed, with what has ended it. From any thread. */
    public CompletableFuture<SftpException> closed() {
        return closed;
    }

    /** Has somebody told on the event loop what has ended it, who can be {@linkplain #forget forgotten}, as a connection may have very many channels in its life. At once, if it has ended. */
    public void whenClosed(Consumer<? super SftpException> told) {
        SftpException why = closed.getNow(null);
        if (why == null) {
            listeners.add(told);
        } else {
            told.accept(why);
        }
    }

    /** Whoever was to be told has gone. */
    public void forget(Consumer<? super SftpException> told) {
        listeners.remove(told);
    }

    /** Says goodbye and closes. From any thread; what has ended already stays as it was. */
    public void close(String why) {
        channel.eventLoop().execute(() -> end(new SftpConnectionException(why, null), DisconnectReason.BY_APPLICATION));
    }

    // phases

    private void limit(String what) {
        cancelTimer();
        Duration patience = settings.timeouts().handshake();
        timer = channel.eventLoop()
                .schedule(
                        () -> fail(new SftpTimeoutException(hop + ": " + what + " within " + patience, null)),
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void cancelTimer() {
        Future<?> running = timer;
        timer = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void identified(VersionsExchanged versions) {
        identification = Untrusted.line(versions.remote(), MAX_IDENTIFICATION);
        phase = Phase.KEY_EXCHANGE;
        limit("keys were not exchanged");
    }

    private void verified() {
        cancelTimer();
        transport.negotiated().ifPresent(agreed -> settings.watch().verified(agreed, judge.ground()));
        phase = Phase.LOGIN;
        ClientAuthHandler handler = new ClientAuthHandler(
                transport,
                hop.login(),
                hop.user(),
                hop.place(),
                settings.timeouts().login(),
                lane,
                new Login());
        auth = handler;
        channel.pipeline().addBefore(SshClientPipeline.SESSION, SshClientPipeline.SERVICE, handler);
    }

    private final class Login implements LoginListener {

        @Override
        public void banner(String text) {
            banner.append(text);
            lane.call(
                    () -> {
                        settings.banner().accept(text);
                        return Boolean.TRUE;
                    },
                    channel.eventLoop(),
                    (told, cause) -> {
                        if (cause != null) {
                            LOG.warn("What hears banners has failed", cause);
                        }
                    });
        }

        @Override
        public void loggedIn() {
            tellOfLogin();
            phase = Phase.OPEN;
            SshConnectionHandler handler = new SshConnectionHandler(
                    transport, connectionSettings(), windows, SessionPrograms.NONE, learning());
            connection = handler;
            channel.pipeline().replace(SshClientPipeline.SERVICE, SshClientPipeline.SERVICE, handler);
            ready.complete(SshClientConnection.this);
        }

        @Override
        public void failed(Throwable cause) {
            fail(cause);
        }
    }

    private HostKeyLearning learning() {
        return new HostKeyLearning(
                judge,
                transport.sessionId(),
                (name, arguments, reply) -> open().ask(name, arguments, reply),
                lane,
                channel.eventLoop());
    }

    private ConnectionSettings connectionSettings() {
        ConnectionSettings standard = ConnectionSettings.defaults();
        return new ConnectionSettings(
                standard.maxChannels(),
                standard.maxPacket(),
                standard.leastWindow(),
                standard.usualWindow(),
                standard.mostWindow(),
                standard.pendingHigh(),
                standard.pendingLow(),
                settings.keepAlive(),
                standard.keepAliveRequests());
    }

    // the end

    private void fail(Throwable cause) {
        DisconnectReason reason = cause instanceof SshProtocolException violation
                ? violation.reason()
                : cause instanceof SftpAuthenticationException
                        ? DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE
                        : DisconnectReason.BY_APPLICATION;
        end(ConnectFailures.of(hop, cause), reason);
    }

    private void end(SftpException cause, DisconnectReason reason) {
        note(cause);
        transport.disconnect(reason, "");
        if (!channel.isActive()) {
            channel.close();
        }
    }

    /** The first thing that goes wrong is what has ended it. */
    private void note(SftpException cause) {
        if (failure == null) {
            failure = cause;
            cancelTimer();
            if (phase == Phase.LOGIN) {
                tellOfLogin();
            }
            ready.completeExceptionally(cause);
        }
    }

    private void tellOfLogin() {
        ClientAuthHandler login = auth;
        if (login != null) {
            settings.watch().loginEnded(login.history());
        }
    }

    private void goodbye(PeerDisconnected goodbye) {
        SftpConnectionException words = ConnectFailures.goodbye(hop, goodbye);
        ClientAuthHandler login = auth;
        if (phase != Phase.LOGIN
                || login == null
                || login.attempts().isEmpty()
                || goodbye.reason() == DisconnectReason.TOO_MANY_CONNECTIONS.code()) {
            note(words);
            return;
        }
        List<String> attempts = login.attempts();
        note(new SftpAuthenticationException(
                words.getMessage() + ". It was tried " + Untrusted.line(String.join("; ", attempts), MAX_METHOD_NAMES)
                        + ". Servers end the connection after some failures, six as a rule: offer fewer keys, and the right one first",
                attempts,
                List.of()));
    }

    /** The last handler. */
    private final class SessionHandler extends ChannelInboundHandlerAdapter {

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof VersionsExchanged versions) {
                identified(versions);
            } else if (event instanceof TransportReady) {
                verified();
            } else if (event instanceof KeysRenewed renewed) {
                settings.watch().renewed(renewed.agreed(), judge.verified());
            } else if (event instanceof PeerDisconnected words) {
                goodbye(words);
            } else if (event instanceof CloseRequested request) {
                end(new SftpConnectionException(request.why(), null), DisconnectReason.BY_APPLICATION);
            } else if (event instanceof TransportFailed failed) {
                LOG.debug("The connection to {} ends", hop, failed.cause());
                note(ConnectFailures.of(hop, failed.cause()));
            }
        }

        /** What nobody wanted; there is none while each phase has its handler. */
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            note(ConnectFailures.closed(hop, phase.when));
            SftpException cause = failure;
            if (cause != null) {
                closed.complete(cause);
                List.copyOf(listeners).forEach(told -> told.accept(cause));
                listeners.clear();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            fail(cause);
        }
    }
}
