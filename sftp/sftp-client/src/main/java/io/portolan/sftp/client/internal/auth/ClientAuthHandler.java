package io.portolan.sftp.client.internal.auth;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.sftp.client.SftpAuthenticationException;
import io.portolan.sftp.client.SftpTimeoutException;
import io.portolan.sftp.client.internal.Untrusted;
import io.portolan.ssh.internal.transport.ConnectionLoop;
import io.portolan.ssh.internal.transport.SshTransport;
import io.portolan.ssh.internal.wire.MessageRange;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Logs in (RFC 4252): asks for the service and for the methods in one go, then makes one {@link Attempt} after another as the {@link LoginPlan} has it. At any time there is either one request that the server
 * owes an answer to, or a worker that prepares the next; an answer that was not asked for is a violation. Whoever put it into the pipeline replaces it when
 * {@link LoginListener#loggedIn} is called. What a worker computes for is not timed, as people may have to type; what the server has to do is.
 */
public final class ClientAuthHandler extends ChannelInboundHandlerAdapter {

    /** What a server may say before it lets anybody in, in all: a page or two of law. */
    static final int MAX_BANNER_OCTETS = 64 * 1_024;

    /** Banners, with text or without: servers have one, or one for each step. Each costs a call of whoever hears them, also if there is nothing in it. */
    static final int MAX_BANNERS = 32;

    /** What of a banner is passed on. */
    static final int MAX_BANNER_CHARACTERS = 16 * 1_024;

    /** Of what a server names, which may be anything. */
    private static final int MAX_METHODS = 32;

    private static final int MAX_METHOD_NAME = 64;

    private static final String SERVICE = "ssh-userauth";
    private static final String NONE = "none";

    /** Whom the next message has to come from. */
    private enum Phase {
        /** The service is asked for. */
        SERVICE,
        /** The server owes an answer. */
        ASKED,
        /** A worker prepares what is said next. */
        PREPARING,
        /** It is over, one way or the other. */
        OVER
    }

    private final SshTransport transport;
    private final LoginSettings login;
    private final String user;
    private final String host;
    private final Duration patience;
    private final WorkerLane lane;
    private final LoginListener listener;
    private final List<LoginEvent> events = new ArrayList<>();
    private List<String> methods = List.of();
    private Phase phase = Phase.SERVICE;
    private int bannerOctets;
    private int banners;
    private @Nullable LoginPlan plan;
    private @Nullable Attempt attempt;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> timer;

    /**
     * Makes the handler of one connection, whose host is verified.
     *
     * @param user who logs in
     * @param host where, for prompts and messages
     * @param patience for each answer of the server
     * @param lane where keys are read, signatures made and people asked
     */
    public ClientAuthHandler(
            SshTransport transport,
            LoginSettings login,
            String user,
            String host,
            Duration patience,
            WorkerLane lane,
            LoginListener listener) {
        this.transport = transport;
        this.login = login;
        this.user = user;
        this.host = host;
        this.patience = patience;
        this.lane = lane;
        this.listener = listener;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        send(new SshWriter()
                .writeByte(SshMessageNumber.SERVICE_REQUEST.number())
                .writeString(SERVICE)
                .toByteArray());
        // which tells by which methods one can log in; no need to wait for the service first
        send(loginContext().request(NONE).toByteArray());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        over();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        over();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf payload)) {
            ctx.fireChannelRead(message);
            return;
        }
        byte[] octets = ByteBufUtil.getBytes(payload);
        payload.release();
        if (phase == Phase.OVER) {
            return;
        }
        try {
            receive(octets);
        } catch (SshProtocolException e) {
            fail(e);
        }
    }

    /** What was tried so far, one line each. */
    public List<String> attempts() {
        return events.stream().map(LoginEvent::text).toList();
    }

    /** How it went; once it is over. */
    public LoginHistory history() {
        List<LoginEvent> all = new ArrayList<>(events);
        LoginPlan chosen = plan;
        if (chosen != null) {
            all.addAll(chosen.notes());
        }
        return new LoginHistory(all, harmless(methods), transport.peerSignatureAlgorithms());
    }

    private static List<String> harmless(List<String> names) {
        return names.stream().map(name -> Untrusted.line(name, MAX_METHOD_NAME)).toList();
    }

    private void note(LoginEvent.Kind kind, Attempt tried, String what) {
        events.add(new LoginEvent(kind, tried.method(), tried.description() + ": " + what));
    }

    // messages

    private void receive(byte[] octets) throws SshProtocolException {
        SshReader reader = new SshReader(octets, 1, octets.length - 1);
        int number = octets[0] & 0xff;
        SshMessageNumber known = MessageRange.of(number) == MessageRange.AUTHENTICATION_METHOD
                ? SshMessageNumber.USERAUTH_PK_OK
                : SshMessageNumber.of(number).stream().findFirst().orElse(null);
        if (known == null) {
            transport.unimplemented();
            return;
        }
        switch (known) {
            case SERVICE_ACCEPT -> serviceAccepted(reader);
            case USERAUTH_BANNER -> banner(reader);
            case USERAUTH_FAILURE -> refused(reader);
            case USERAUTH_SUCCESS -> succeeded(reader);
            case USERAUTH_PK_OK -> continued(number, reader);
            default -> throw SshProtocolException.malformed("message " + number + " in a login");
        }
    }

    private void serviceAccepted(SshReader reader) throws SshProtocolException {
        String service = reader.readName();
        reader.expectEnd();
        if (phase != Phase.SERVICE || !service.equals(SERVICE)) {
            throw SshProtocolException.malformed("the service " + service + ", for which nobody has asked");
        }
        phase = Phase.ASKED;
        await();
    }

    private void banner(SshReader reader) throws SshProtocolException {
        if (++banners > MAX_BANNERS) {
            throw SshProtocolException.malformed("more than " + MAX_BANNERS + " banners");
        }
        byte[] text = reader.readString();
        bannerOctets += text.length;
        if (bannerOctets > MAX_BANNER_OCTETS) {
            throw SshProtocolException.malformed("banners of more than " + MAX_BANNER_OCTETS + " octets");
        }
        listener.banner(Untrusted.text(text, MAX_BANNER_CHARACTERS));
    }

    private void requireAsked(String what) throws SshProtocolException {
        if (phase != Phase.ASKED) {
            throw SshProtocolException.malformed(what + " while nothing was asked");
        }
        cancelTimer();
    }

    private void refused(SshReader reader) throws SshProtocolException {
        requireAsked("a refusal");
        methods = reader.readNameList().stream().limit(MAX_METHODS).toList();
        boolean partialSuccess = reader.readBoolean();
        reader.expectEnd();
        Attempt tried = attempt;
        if (tried != null) {
            note(
                    partialSuccess ? LoginEvent.Kind.STEP_TAKEN : LoginEvent.Kind.REFUSED,
                    tried,
                    partialSuccess ? "taken, but the server wants more" : "refused");
        } else if (partialSuccess) {
            throw SshProtocolException.malformed("a step that was taken though none was tried");
        }
        next(partialSuccess);
    }

    private void succeeded(SshReader reader) throws SshProtocolException {
        requireAsked("a login that has succeeded");
        reader.expectEnd();
        phase = Phase.OVER;
        Attempt tried = attempt;
        if (tried != null) {
            note(LoginEvent.Kind.LET_IN, tried, "taken");
        }
        transport.authenticated();
        listener.loggedIn();
    }

    /** Message 60, and 61 to 79, which no method of ours has. */
    private void continued(int number, SshReader reader) throws SshProtocolException {
        Attempt current = attempt;
        if (number != SshMessageNumber.USERAUTH_PK_OK.number() || current == null) {
            throw SshProtocolException.malformed("message " + number + " in a login");
        }
        requireAsked("message " + number);
        prepare(() -> current.answered(reader));
    }

    // attempts

    private LoginContext loginContext() {
        return new LoginContext(user, host, transport.sessionId(), transport.peerSignatureAlgorithms());
    }

    private void next(boolean stepTaken) {
        LoginPlan chosen = plan == null ? new LoginPlan(login, loginContext()) : plan;
        plan = chosen;
        phase = Phase.PREPARING;
        List<String> offered = methods;
        lane.<Optional<Attempt>>call(
                () -> {
                    if (stepTaken) {
                        chosen.stepTaken();
                    }
                    return chosen.next(offered);
                },
                loop(),
                (found, failure) -> {
                    if (phase != Phase.PREPARING) {
                        return;
                    }
                    if (found == null) {
                        fail(failure == null ? new IllegalStateException("no plan") : failure);
                    } else if (found.isEmpty()) {
                        fail(exhausted(chosen));
                    } else {
                        attempt = found.get();
                        prepare(found.get()::begin);
                    }
                });
    }

    private void prepare(Callable<byte[]> message) {
        phase = Phase.PREPARING;
        lane.<byte[]>call(message, loop(), (octets, failure) -> {
            if (phase != Phase.PREPARING) {
                wipe(octets);
            } else if (octets != null) {
                phase = Phase.ASKED;
                send(octets);
                await();
            } else if (failure instanceof SshProtocolException violation) {
                fail(violation);
            } else {
                notMade(failure);
            }
        });
    }

    /** What cannot be tried does not keep us from trying what comes next. */
    private void notMade(@Nullable Throwable failure) {
        Attempt tried = attempt;
        if (tried != null) {
            note(
                    KeyAttempt.problem(failure),
                    tried,
                    failure == null ? "nothing" : String.valueOf(failure.getMessage()));
        }
        next(false);
    }

    private SftpAuthenticationException exhausted(LoginPlan chosen) {
        List<String> lines = new ArrayList<>(attempts());
        chosen.notes().forEach(note -> lines.add(note.text()));
        List<String> accepted = harmless(methods);
        String tried = lines.isEmpty() ? "there was nothing to try" : "tried was " + String.join("; ", lines);
        return new SftpAuthenticationException(
                host + " does not let " + user + " in: " + tried + ". It would go on with "
                        + (accepted.isEmpty() ? "nothing" : String.join(", ", accepted)),
                lines,
                accepted);
    }

    // the wire

    private void send(byte[] message) {
        ChannelHandlerContext ctx = context();
        ctx.writeAndFlush(Unpooled.wrappedBuffer(message)).addListener(sent -> wipe(message));
        if (phase == Phase.SERVICE) {
            await();
        }
    }

    private static void wipe(byte @Nullable [] message) {
        if (message != null) {
            Arrays.fill(message, (byte) 0);
        }
    }

    private void await() {
        cancelTimer();
        timer = loop().schedule(
                        () -> fail(new SftpTimeoutException(
                                host + " has not answered to a login within " + patience, null)),
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

    private void over() {
        phase = Phase.OVER;
        cancelTimer();
    }

    private void fail(Throwable cause) {
        over();
        listener.failed(cause);
    }

    private ConnectionLoop loop() {
        return new ConnectionLoop(context().channel());
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return ctx;
    }
}
