package io.portolan.ftp.server.internal.session;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.portolan.core.internal.codec.ControlCharacters;
import io.portolan.core.internal.codec.ControlCharset;
import io.portolan.core.internal.codec.FtpReplyEncoder;
import io.portolan.core.internal.codec.FtpRequest;
import io.portolan.core.internal.codec.FtpRequestDecoder;
import io.portolan.core.internal.codec.RequestLine;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.core.internal.security.ServerSecurity;
import io.portolan.core.internal.security.SessionSecurity;
import io.portolan.core.internal.session.SessionEvents;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.ftp.security.ProtectionLevel;
import io.portolan.ftp.server.ControlProtection;
import io.portolan.guard.ConnectionGate;
import io.portolan.session.SessionInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's control connection and what has been agreed upon over it. Belongs to the event loop of that connection, as everything in it does; only
 * {@link #info()} may be looked at from elsewhere.
 */
public final class FtpSession {

    private static final String STOPPING = "the server is stopping";

    private final ServerContext server;
    private final Channel control;
    private final EventLoop loop;
    private final WorkerLane lane;
    private final SessionView info;
    private final CommandSequencer sequencer;
    private final FtpRequestDecoder decoder;
    private final FtpReplyEncoder encoder;
    private final SecurityState security;
    private final SessionClock clock;
    private final DataConnections dataConnections;
    private final SessionEvents events;
    private final ConnectionGate.Slot slot;
    private final Consumer<SessionView> whenGone;

    private ServerContext.Host host;
    private ControlCharset charset;
    private LoginState login = new LoginState.AwaitingUser();

    private VirtualPath directory = VirtualPath.root();
    private TransferParameters parameters = TransferParameters.INITIAL;
    private OneShot oneShot = OneShot.NOTHING;
    private SessionOptions options = SessionOptions.INITIAL;
    private @Nullable Activity activity;
    private boolean connectedTold;
    private boolean closing;
    private boolean quitting;
    private boolean draining;
    private @Nullable String goneBecause;
    /** Transfers, and checks of a login, that may still have something to do on the lane. */
    private int unreleased;

    public FtpSession(
            ServerContext server,
            Channel control,
            String id,
            ConnectionGate.Slot slot,
            Consumer<SessionView> whenGone) {
        this.server = server;
        this.control = control;
        this.loop = control.eventLoop();
        this.lane = new WorkerLane(server.workers());
        this.info = new SessionView(
                this, id, (InetSocketAddress) control.remoteAddress(), (InetSocketAddress) control.localAddress());
        this.events = new SessionEvents(server.config().listeners(), info, lane);
        this.slot = slot;
        this.whenGone = whenGone;
        this.host = server.defaultHost();
        this.sequencer = new CommandSequencer(
                this::isInterruptible,
                request -> has(request, CommandSpec.Trait.DURING_TRANSFER),
                request -> has(request, CommandSpec.Trait.OVERTAKES),
                () -> sendAndClose(
                        FtpReply.of(FtpReplyCode.SERVICE_NOT_AVAILABLE, "Too many commands sent ahead."),
                        "sent too many commands ahead"));
        this.charset = ControlCharset.utf8(server.config().fallbackCharset());
        this.decoder = new FtpRequestDecoder(FtpRequestDecoder.DEFAULT_MAX_LINE, charset);
        this.encoder = new FtpReplyEncoder(charset);
        this.security = new SecurityState(server.mechanisms());
        this.clock = new SessionClock(this, server.config().timeouts());
        this.dataConnections = new DataConnections(this);
    }

    /** Puts the session's handlers into the pipeline of its control connection; see {@link ControlPipeline} for the order. */
    public void install(ControlProtection protection) {
        ControlPipeline.install(control.pipeline(), decoder, encoder, sequencer, new FtpSessionHandler(this));
        switch (protection) {
            case EXPLICIT -> {}
            case IMPLICIT -> protectFromStart();
            case DETECT ->
                control.pipeline()
                        .addFirst(new ProtectionDetector(
                                server.mechanisms().get(0)::isProtected, this::protectFromStart));
        }
    }

    private void protectFromStart() {
        if (closing) {
            // ended by an operator before it was known what the client speaks; nothing that begins now would be let go
            return;
        }
        ServerSecurity mechanism = server.mechanisms().get(0);
        try {
            protectControl(security.beginAtOnce(mechanism));
        } catch (RuntimeException | Error e) {
            noProtection(e);
        }
    }

    /** Puts the mechanism's handlers first. */
    private void protectControl(SessionSecurity protection) {
        info.encrypted(true);
        protection.protectControl(control.pipeline());
    }

    /** The client waits for a handshake: it is told nothing, since that would be in the clear. */
    private void noProtection(Throwable cause) {
        SessionLog.warn(this, "the control connection could not be protected", cause);
        close("the control connection could not be protected");
    }

    private boolean has(FtpRequest request, CommandSpec.Trait trait) {
        CommandSpec spec = server.commands().find(request.verb());
        return spec != null && spec.has(trait);
    }

    void open() {
        if (closing) {
            return;
        }
        clock.start();
        tellConnected();
        send(FtpReply.of(FtpReplyCode.SERVICE_READY, host.messages().greeting()));
    }

    /** Once, and before anything else: an operator can end a session of which it is not known yet what its client speaks. */
    private void tellConnected() {
        if (!connectedTold) {
            connectedTold = true;
            events.connected();
        }
    }

    // --- what the session is made of

    public ServerContext server() {
        return server;
    }

    public Channel control() {
        return control;
    }

    public EventLoop loop() {
        return loop;
    }

    public WorkerLane lane() {
        return lane;
    }

    public SessionInfo info() {
        return info;
    }

    /** The session as the server's registry holds it. */
    public SessionView view() {
        return info;
    }

    /** Tells the listeners. */
    public SessionEvents events() {
        return events;
    }

    ConnectionGate.Slot slot() {
        return slot;
    }

    CommandSequencer sequencer() {
        return sequencer;
    }

    SessionClock clock() {
        return clock;
    }

    public SecurityState security() {
        return security;
    }

    public DataConnections dataConnections() {
        return dataConnections;
    }

    // --- what has been agreed upon

    public ServerContext.Host host() {
        return host;
    }

    /** HOST was said: what was said of users is void (RFC 7151 §3). */
    public void host(ServerContext.Host chosen) {
        host = chosen;
        login(new LoginState.AwaitingUser());
        info.virtualHost(chosen.name());
    }

    /** Why nobody may log in over this connection yet, or null. */
    public @Nullable FtpReply loginRefusal() {
        return security.loginRefusal();
    }

    /** Why nothing may be transferred yet, or null (RFC 4217 §10: 521). */
    @Nullable
    FtpReply dataRefusal() {
        if (!isDataProtectionRequired() || security.dataLevel() == ProtectionLevel.PRIVATE) {
            return null;
        }
        String missing = security.mechanism() == null ? "AUTH, PBSZ and PROT P" : "PROT P";
        return FtpReply.of(
                FtpReplyCode.DATA_CONNECTION_NOT_POSSIBLE,
                server.mechanisms().isEmpty()
                        ? "Data connections must be protected, which they cannot be here."
                        : "Data connections must be protected: say " + missing + ".");
    }

    /** Whether nothing is transferred in the clear, by the server's settings or for this user. */
    public boolean isDataProtectionRequired() {
        return security.isDataProtectionRequired()
                || login instanceof LoginState.LoggedIn loggedIn
                        && loggedIn.identity().isProtectedDataOnly();
    }

    /** What the client has shown of itself, and whom it believes to talk to, where something protects the connection that tells. */
    public List<X509Certificate> clientCertificates() {
        SessionSecurity protection = security.isControlProtected() ? security.session() : null;
        if (protection != null) {
            info.encryption(protection.encryption().orElse(null));
        }
        // in the clear again (CCC) it is not certain any more that it is the client who speaks
        List<X509Certificate> chain = protection == null ? List.of() : protection.clientCertificates();
        info.clientCertificates(chain);
        return chain;
    }

    /** The name of this server that the client has told the mechanism, if it has told one. */
    public Optional<String> serverName() {
        SessionSecurity protection = security.session();
        return protection == null ? Optional.empty() : protection.serverName();
    }

    public LoginState login() {
        return login;
    }

    public boolean isLoggedIn() {
        return login instanceof LoginState.LoggedIn;
    }

    public void login(LoginState state) {
        if (state instanceof LoginState.Checking checking && !checking.byCertificate()) {
            openRefusal().ifPresent(RefusedCertificates.Refused::forget);
        } else {
            countRefusedCertificate();
        }
        login = state;
    }

    private Optional<RefusedCertificates.Refused> openRefusal() {
        return login instanceof LoginState.AwaitingPassword left ? left.refused() : Optional.empty();
    }

    /** Whose certificate lets them in under no such name has guessed at the name, unless they say the password next: then that is what is judged. */
    private void countRefusedCertificate() {
        openRefusal().ifPresent(guess -> {
            login = new LoginState.AwaitingUser();
            guess.count();
            events.loginFailed(ControlCharacters.replace(guess.user()), RefusedCertificates.REASON);
        });
    }

    /** The user is in, and counts as one more session of that user's. */
    void loggedIn(LoginState.LoggedIn state) {
        login = state;
        info.user(state.identity());
        directory = VirtualPath.root();
        events.loggedIn();
    }

    /** REIN: everything is as it was when the connection was made (RFC 959 §4.1.1), the virtual host too (RFC 7151 §3.3). */
    public void reinitialize() {
        startOver();
        host = server.defaultHost();
        info.virtualHost(null);
        security.forgetDataProtection();
    }

    /** Forgets the user, and what was agreed upon with or without one. */
    private void startOver() {
        logout();
        charset(ControlCharset.utf8(server.config().fallbackCharset()));
        idleTimeout(server.config().timeouts().idle());
    }

    /**
     * AUTH was accepted: behind the reply the mechanism's handler stands first. What was said before may have been said by anybody, and is void but for HOST, which chooses the certificate (RFC 7151 §3.2.2).
     *
     * @return false if the mechanism cannot; then nothing has been said, and nothing has changed
     */
    public boolean protect(ServerSecurity mechanism, String name, FtpReply accepted) {
        SessionSecurity protection;
        try {
            protection = security.begin(mechanism, name, host.name());
        } catch (RuntimeException | Error e) {
            SessionLog.warn(this, name + " cannot begin", e);
            return false;
        }
        startOver();
        send(accepted);
        try {
            protectControl(protection);
        } catch (RuntimeException | Error e) {
            noProtection(e);
        }
        return true;
    }

    /** REIN was replied to, after AUTH: that is forgotten too, and what follows is in the clear (RFC 4217 §11). A connection that is protected from the start stays so. */
    public void forgetProtection() {
        SessionSecurity protection = security.session();
        if (protection == null || security.isFromStart()) {
            return;
        }
        if (security.isControlProtected()) {
            clearControl(protection);
        }
        security.reset();
    }

    /** CCC was accepted, and its reply is on its way: what follows is in the clear. */
    public void clearControl(SessionSecurity protection) {
        security.controlCleared();
        info.encrypted(false);
        protection.clearControl(control.pipeline()).addListener(cleared -> {
            if (!cleared.isSuccess()) {
                close("the control connection could not be taken into the clear");
            }
        });
    }

    /** Forgets the user, and all that was agreed upon since (REIN, and USER after a login). */
    public void logout() {
        if (login instanceof LoginState.LoggedIn loggedIn) {
            closeLater(loggedIn.files());
            // nobody else: REIN needs no login, and would put the time-out off for ever
            clock.loginAgain();
        }
        slot.logout();
        login(new LoginState.AwaitingUser());
        info.user(null);
        directory = VirtualPath.root();
        parameters = TransferParameters.INITIAL;
        options = options.reset();
        oneShot = OneShot.NOTHING;
        dataConnections.forget();
    }

    /**
     * The user's files.
     *
     * @throws IllegalStateException if nobody is logged in; commands that need files say so in the table
     */
    public VirtualFileSystem files() {
        if (login instanceof LoginState.LoggedIn loggedIn) {
            return loggedIn.files();
        }
        throw new IllegalStateException("nobody is logged in");
    }

    public VirtualPath directory() {
        return directory;
    }

    public void directory(VirtualPath path) {
        directory = path;
    }

    public TransferParameters parameters() {
        return parameters;
    }

    public void parameters(TransferParameters values) {
        parameters = values;
    }

    public SessionOptions options() {
        return options;
    }

    public void options(SessionOptions values) {
        options = values;
    }

    DataState data() {
        return dataConnections.state();
    }

    /** Something for the next command only. */
    public void oneShot(OneShot next) {
        oneShot = next;
    }

    OneShot takeOneShot(boolean keep) {
        OneShot taken = oneShot;
        oneShot = keep ? taken.withoutRename() : OneShot.NOTHING;
        return taken;
    }

    /** Reads and writes names in another charset from now on (OPTS UTF8). */
    public void charset(ControlCharset chosen) {
        charset = chosen;
        decoder.charset(charset);
        encoder.charset(charset);
    }

    public ControlCharset charset() {
        return charset;
    }

    /** How long this session may be idle. */
    public Duration idleTimeout() {
        return Duration.ofNanos(clock.idleNanos());
    }

    /** SITE IDLE: this session may be idle for another time. */
    public void idleTimeout(Duration value) {
        clock.idleNanos(value.toNanos());
    }

    public void clientSoftware(String name) {
        info.clientSoftware(name);
    }

    // --- transfers and other long things

    /** What runs and may be aborted, or null. */
    public @Nullable Activity activity() {
        return activity;
    }

    void begin(Activity started) {
        activity = started;
        laneInUse();
        started.whenReleased(this::laneReleased);
    }

    /** Something begins that may still have something to do on the lane when the session is over. */
    void laneInUse() {
        unreleased++;
    }

    /** It has nothing to do there any more. */
    void laneReleased() {
        unreleased--;
        closeLaneIfDone();
    }

    void ended(Activity over) {
        if (activity == over) {
            activity = null;
        }
        touched();
        if (quitting || draining) {
            // behind the replies to what has ended, and to the ABOR that has ended it
            loop.execute(this::leave);
        }
    }

    /** What the session has waited for is over. */
    private void leave() {
        if (quitting) {
            close("said goodbye");
        } else {
            sendAndClose(FtpReply.of(FtpReplyCode.SERVICE_NOT_AVAILABLE, "The server is stopping."), STOPPING);
        }
    }

    /** Whether something runs that ABOR, STAT and their like may pass. */
    boolean isInterruptible() {
        return activity != null;
    }

    // --- the control connection

    /** Sends a reply. */
    public void send(FtpReply reply) {
        clock.written(control.writeAndFlush(reply));
    }

    /** Sends a reply with whatever is sent next. */
    void sendLater(FtpReply reply) {
        clock.written(control.write(reply));
    }

    void flush() {
        control.flush();
    }

    /** Whether octets have come that nobody has read yet; behind AUTH there must be none. */
    public boolean hasUnreadCommands() {
        return decoder.hasBufferedBytes() || sequencer.waiting() > 0;
    }

    void touched() {
        clock.touched();
    }

    /** QUIT was said: a transfer that runs may end, then the connection is closed (RFC 959 §4.1.1). */
    public void quit(FtpReply goodbye) {
        quitting = true;
        sequencer.clear();
        send(goodbye);
        if (activity == null) {
            close("said goodbye");
        }
    }

    /** Whether a command is still to be heard. Of one who has said goodbye, and of a server that stops, only as long as a transfer runs. */
    boolean hears(RequestLine line) {
        if (closing || (quitting || draining) && activity == null) {
            return false;
        }
        return !quitting || line instanceof FtpRequest request && has(request, CommandSpec.Trait.OVERTAKES);
    }

    /** An operator ends the session: the peer is told why, behind the end of its transfer. */
    public void kick(String reason) {
        String told = ControlCharacters.replace(reason);
        sendAndClose(FtpReply.of(FtpReplyCode.SERVICE_NOT_AVAILABLE, told), told);
    }

    /** Tells the client why, behind the end of what runs, and closes. */
    public void sendAndClose(FtpReply reply, String reason) {
        if (closing) {
            return;
        }
        closing = true;
        sequencer.clear();
        endActivity(reason);
        control.writeAndFlush(reply);
        closeSoon();
        disconnected(reason);
    }

    /** Closes the control connection once what was sent has left. */
    public void close(String reason) {
        if (!closing) {
            closing = true;
            endActivity(reason);
            closeSoon();
        }
        disconnected(reason);
    }

    private void closeSoon() {
        // behind everything written so far; a peer that does not read is not waited for
        control.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        loop.schedule(() -> control.close(), 2, TimeUnit.SECONDS);
    }

    private void endActivity(String reason) {
        if (activity != null) {
            activity.abort(reason, () -> {});
        }
    }

    /** The session is over, however it came to that; does its work once. */
    void disconnected(String reason) {
        if (goneBecause != null) {
            return;
        }
        goneBecause = reason;
        closing = true;
        tellConnected();
        clock.stop();
        endActivity(reason);
        countRefusedCertificate();
        dataConnections.forget();
        security.reset();
        slot.close();
        closeLaneIfDone();
    }

    /** The last thing on the lane: no file is open any more, the file system is closed, the listeners are told. */
    private void closeLaneIfDone() {
        String reason = goneBecause;
        if (reason == null || unreleased > 0) {
            return;
        }
        LoginState last = login;
        lane.close(() -> {
            try {
                events.disconnectedNow(reason);
                if (last instanceof LoginState.LoggedIn loggedIn) {
                    closeNow(loggedIn.files());
                }
            } finally {
                whenGone.accept(info);
            }
        });
    }

    /** Whether the control connection is still there. */
    boolean isConnected() {
        return control.isActive() && goneBecause == null;
    }

    /** For a server that stops: idle sessions go at once, others when their transfer is over. */
    public void drain() {
        if (activity == null) {
            leave();
        } else {
            draining = true;
            sequencer.clear();
        }
    }

    /** Closes files that are no longer this session's, on the lane if that is still there. */
    void closeLater(VirtualFileSystem files) {
        try {
            lane.execute(() -> closeNow(files));
        } catch (RejectedExecutionException e) {
            server.workers().execute(() -> closeNow(files));
        }
    }

    private void closeNow(VirtualFileSystem files) {
        try {
            files.close();
        } catch (IOException | RuntimeException | Error e) {
            SessionLog.warn(this, "closing the file system failed", e);
        }
    }
}
