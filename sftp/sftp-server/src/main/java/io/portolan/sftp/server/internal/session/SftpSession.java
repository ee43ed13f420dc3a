package io.portolan.sftp.server.internal.session;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.EventExecutor;
import io.portolan.core.internal.codec.ControlCharacters;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.core.internal.session.SessionEvents;
import io.portolan.guard.ConnectionGate;
import io.portolan.session.Encryption;
import io.portolan.ssh.internal.auth.AuthenticatedUser;
import io.portolan.ssh.internal.auth.UserAuthContext;
import io.portolan.ssh.internal.auth.UserAuthHandler;
import io.portolan.ssh.internal.auth.UserAuthListener;
import io.portolan.ssh.internal.connection.HostKeyProofs;
import io.portolan.ssh.internal.connection.SshConnectionHandler;
import io.portolan.ssh.internal.kex.Negotiation;
import io.portolan.ssh.internal.packet.SshPacketDecoder;
import io.portolan.ssh.internal.packet.SshPacketEncoder;
import io.portolan.ssh.internal.transport.ConnectionLoop;
import io.portolan.ssh.internal.transport.SshTransportHandler;
import io.portolan.ssh.internal.version.SshVersionHandler;
import io.portolan.ssh.internal.wire.DisconnectReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection, from its identification line to its end. Belongs to the event loop of that connection, as everything in it does; only {@link #view()}
 * may be looked at from elsewhere.
 */
public final class SftpSession {

    private static final String STOPPING = "The server is stopping";

    /** How often a session that is to end looks whether its transfers are over. A stop is rare; telling of each request would cost more. */
    private static final long DRAIN_LOOK_MILLIS = 20;

    private final ServerContext server;
    private final Channel channel;
    private final EventExecutor loop;
    private final WorkerLane lane;
    private final SessionView view;
    private final SessionEvents events;
    private final ConnectionGate.Slot slot;
    private final Consumer<SessionView> whenGone;
    private final LoginFiles files;
    private final SessionClock clock;
    private final WireMeter wire = new WireMeter();
    private final ContentMeter content = new ContentMeter();
    private final SshTransportHandler transport;
    private final SshPacketDecoder decoder;
    private final SshPacketEncoder encoder;

    private @Nullable SftpPrograms programs;
    private @Nullable String goneBecause;

    public SftpSession(
            ServerContext server,
            Channel channel,
            String id,
            ConnectionGate.Slot slot,
            Consumer<SessionView> whenGone) {
        this.server = server;
        this.channel = channel;
        this.loop = new ConnectionLoop(channel);
        this.lane = new WorkerLane(server.workers());
        this.view = new SessionView(
                this, id, (InetSocketAddress) channel.remoteAddress(), (InetSocketAddress) channel.localAddress());
        this.events = new SessionEvents(server.config().listeners(), view, lane);
        this.slot = slot;
        this.whenGone = whenGone;
        this.files = new LoginFiles(server.config().files(), view);
        this.clock = new SessionClock(this, server.config().timeouts());
        this.decoder = new SshPacketDecoder();
        this.encoder = new SshPacketEncoder(server.random());
        this.transport = new SshTransportHandler(
                server.role(),
                server.transport(),
                decoder,
                encoder,
                server.keyExchanges().ofNextConnection(),
                server.random());
    }

    /** Puts the session's handlers into the pipeline of its connection; see {@link SshPipeline} for the order. */
    public void install() {
        events.connected();
        clock.start();
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(SshPipeline.WIRE, wire);
        pipeline.addLast(
                SshPipeline.VERSION,
                SshVersionHandler.forServer("SSH-2.0-" + server.config().softwareVersion()));
        pipeline.addLast(SshPipeline.DECODER, decoder);
        pipeline.addLast(SshPipeline.ENCODER, encoder);
        pipeline.addLast(SshPipeline.TRANSPORT, transport);
        pipeline.addLast(SshPipeline.CONTENT, content);
        pipeline.addLast(SshPipeline.SESSION, new SftpSessionHandler(this));
    }

    public SessionView view() {
        return view;
    }

    EventExecutor loop() {
        return loop;
    }

    ByteBufAllocator allocator() {
        return channel.alloc();
    }

    SessionEvents events() {
        return events;
    }

    ServerContext server() {
        return server;
    }

    // --- how far it is

    void identified(String remoteVersion) {
        view.clientSoftware(remoteVersion.substring(remoteVersion.indexOf('-', "SSH-".length()) + 1));
    }

    /** Keys are exchanged: the client may ask for a login. */
    void transportReady() {
        transport.negotiated().ifPresent(agreed -> view.encryption(encryption(agreed)));
        UserAuthContext login = new UserAuthContext(
                server.config().authenticator(), server.config().loginGuard(), lane, view);
        channel.pipeline()
                .addBefore(
                        SshPipeline.SESSION,
                        SshPipeline.SERVICE,
                        new UserAuthHandler(transport, server.login(), login, new Logins()));
    }

    private static Encryption encryption(Negotiation agreed) {
        Negotiation.Direction direction = agreed.toServer();
        String suite = Stream.concat(
                        Stream.of(agreed.keyExchange(), agreed.hostKey(), direction.cipher()), direction.mac().stream())
                .collect(Collectors.joining("+"));
        return new Encryption("SSH-2.0", suite);
    }

    private final class Logins implements UserAuthListener {

        @Override
        public void prepare(AuthenticatedUser user) throws IOException {
            files.open(user.identity());
        }

        @Override
        public boolean admit(AuthenticatedUser user) {
            if (slot.login(user.identity().name())) {
                return true;
            }
            events.loginFailed(ControlCharacters.replace(user.identity().name()), "too many sessions of this user");
            return false;
        }

        @Override
        public void authenticated(AuthenticatedUser user) {
            view.user(user.identity());
            SftpPrograms available = new SftpPrograms(SftpSession.this, files.opened(), user.restrictions());
            programs = available;
            clock.loggedIn();
            HostKeyProofs proofs = hostKeyProofs();
            SshConnectionHandler connection =
                    new SshConnectionHandler(transport, server.connection(), server.windows(), available, proofs);
            channel.pipeline().replace(SshPipeline.SERVICE, SshPipeline.SERVICE, connection);
            if (HostKeyProofs.isTold(transport.remoteVersion())) {
                connection.tell(HostKeyProofs.ANNOUNCEMENT, proofs.announcement());
            }
            events.loggedIn();
        }

        @Override
        public void refused(String user, String reason) {
            events.loginFailed(ControlCharacters.replace(user), reason);
        }
    }

    private HostKeyProofs hostKeyProofs() {
        return new HostKeyProofs(
                server.hostKeys(),
                transport.sessionId(),
                transport.negotiated().map(Negotiation::hostKey).orElse(""),
                lane,
                loop);
    }

    boolean isLoggedIn() {
        return programs != null;
    }

    // --- what the clock asks

    /** A number that grows with each message of a channel. */
    long messages() {
        return content.messages();
    }

    /** A number that changes when something gets nearer to the peer. */
    long taken() {
        return wire.taken(channel) + content.sent();
    }

    /** Whether a request is being worked on, which is not the client's idleness. */
    boolean isWorking() {
        SftpPrograms present = programs;
        return present != null && present.isWorking() && !owesReading();
    }

    /** Whether there is something for the peer that it does not take. */
    boolean owesReading() {
        SftpPrograms present = programs;
        return WireMeter.pending(channel) > 0 || present != null && present.hasPending();
    }

    // --- the end

    /** Tells the peer, and ends the session. */
    void end(String reason) {
        if (goneBecause == null) {
            transport.disconnect(DisconnectReason.BY_APPLICATION, reason);
            over(reason);
        }
    }

    /** An operator ends the session: the peer is told why. */
    void kick(String reason) {
        end(ControlCharacters.replace(reason));
    }

    /** For a server that stops: idle sessions go at once, others when their transfers are over. */
    void drain() {
        SftpPrograms present = programs;
        if (present == null || !present.isTransferring()) {
            end(STOPPING);
        } else if (goneBecause == null) {
            present.takeNoMore();
            loop.schedule(this::drain, DRAIN_LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** The session is over, however it came to that; does its work once. What runs in channels hears of it when the connection is closed. */
    void over(String reason) {
        if (goneBecause != null) {
            return;
        }
        goneBecause = reason;
        clock.stop();
        slot.close();
    }

    /** The connection is closed. */
    void closed() {
        over("The connection was closed");
        SftpPrograms present = programs;
        if (present == null) {
            closeLane();
        } else {
            present.whenReleased(this::closeLane);
        }
    }

    /** The last thing on the lane: no file is open any more, the file system is closed, the listeners are told. */
    private void closeLane() {
        String reason = goneBecause == null ? "" : goneBecause;
        lane.close(() -> {
            try {
                events.disconnectedNow(reason);
                files.close();
            } finally {
                whenGone.accept(view);
            }
        });
    }
}
