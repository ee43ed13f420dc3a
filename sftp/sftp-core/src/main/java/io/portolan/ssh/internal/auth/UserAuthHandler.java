package io.portolan.ssh.internal.auth;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.portolan.auth.AuthenticationResult.Prompt;
import io.portolan.auth.Credentials;
import io.portolan.sftp.auth.LoginMethod;
import io.portolan.ssh.internal.transport.ConnectionLoop;
import io.portolan.ssh.internal.transport.SshTransport;
import io.portolan.ssh.internal.wire.DisconnectReason;
import io.portolan.ssh.internal.wire.MessageRange;
import io.portolan.ssh.internal.wire.SshMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import io.portolan.ssh.internal.wire.SshWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's user authentication (RFC 4252, RFC 4256), above the transport. Put into the pipeline when the transport is ready; when the user is logged in, its listener replaces it.
 * One request is dealt with at a time, as the RFC asks; those that a client sends ahead wait in a short queue.
 */
public final class UserAuthHandler extends ChannelInboundHandlerAdapter {

    /** Requests that a client may send ahead; real ones send two. */
    static final int MAX_WAITING = 8;

    /** Rounds of questions in one keyboard-interactive; more is an authenticator that has lost its way. */
    static final int MAX_ROUNDS = 16;

    /** Questions of one round; a user sees each of them. */
    static final int MAX_PROMPTS = 32;

    private static final Logger LOGGER = LoggerFactory.getLogger(UserAuthHandler.class);

    private static final String SERVICE = "ssh-userauth";

    private static final List<Prompt> PASSWORD_PROMPT = List.of(new Prompt("Password: ", false));

    private static final String TOO_MANY_FAILURES = "Too many authentication failures";

    /** What may come now. */
    private sealed interface Phase {
        /** SERVICE_REQUEST. */
        record AwaitingService() implements Phase {}

        /** A request. */
        record Ready() implements Phase {}

        /** Nothing but what waits: a request is being dealt with. */
        record Busy() implements Phase {}

        /**
         * Answers to these questions, or another request instead.
         *
         * @param isPassword whether it is we who ask, for the password
         */
        record Asking(List<Prompt> prompts, boolean isPassword, int round) implements Phase {}

        /** Nothing: the user is logged in, or the connection is over. */
        record Over() implements Phase {}
    }

    private final SshTransport transport;
    private final UserAuthSettings settings;
    private final UserAuthContext login;
    private final UserAuthListener listener;
    private final Queue<byte[]> waiting = new ArrayDeque<>();

    private Phase phase = new Phase.AwaitingService();
    private @Nullable ChannelHandlerContext context;
    private @Nullable LoginProgress progress;
    private @Nullable FactorCheck check;
    private @Nullable Preparation preparation;
    private @Nullable Future<?> grace;
    private @Nullable Future<?> answerTimer;
    private boolean bannerSent;
    private boolean askedForMethods;
    private boolean hasGuessed;
    private int failures;
    private int keyQueries;
    private int dialogues;
    private long requestBegan;

    /**
     * Makes the handler of one connection.
     *
     * @param login who decides; its lane is the session's
     */
    public UserAuthHandler(
            SshTransport transport, UserAuthSettings settings, UserAuthContext login, UserAuthListener listener) {
        this.transport = transport;
        this.settings = settings;
        this.login = login;
        this.listener = listener;
    }

    // the pipeline

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        grace = loop().schedule(
                        () -> end(DisconnectReason.BY_APPLICATION, "Login time is over"),
                        settings.loginGrace().toNanos(),
                        TimeUnit.NANOSECONDS);
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
        if (!payload.isReadOnly()) {
            // a password may be in it, and the memory goes back into a pool
            payload.setZero(payload.readerIndex(), payload.readableBytes());
        }
        payload.release();
        try {
            receive(octets);
        } catch (SshProtocolException e) {
            violated(e);
        }
    }

    // messages

    private void receive(byte[] octets) throws SshProtocolException {
        if (phase instanceof Phase.Over) {
            Arrays.fill(octets, (byte) 0);
            return;
        }
        int number = new SshReader(octets).readByte();
        if (number == SshMessageNumber.USERAUTH_REQUEST.number()) {
            request(octets);
        } else if (number == SshMessageNumber.USERAUTH_INFO_RESPONSE.number()) {
            answers(octets);
        } else if (number == SshMessageNumber.SERVICE_REQUEST.number()) {
            service(octets);
        } else {
            other(number);
        }
    }

    /** What is of the connection, or of servers, has let intruders in elsewhere; what nobody knows is harmless. */
    private void other(int number) throws SshProtocolException {
        boolean early = switch (MessageRange.of(number)) {
            case GLOBAL_REQUEST, CHANNEL -> true;
            default -> false;
        };
        if (early || !SshMessageNumber.of(number).isEmpty()) {
            throw SshProtocolException.malformed("message " + number + " before login");
        }
        transport.unimplemented();
    }

    private void service(byte[] octets) throws SshProtocolException {
        SshReader reader = new SshReader(octets, 1, octets.length - 1);
        String name = reader.readName();
        reader.expectEnd();
        if (!(phase instanceof Phase.AwaitingService)) {
            throw SshProtocolException.malformed("a service is asked for once more: " + name);
        }
        if (!name.equals(SERVICE)) {
            throw new SshProtocolException(DisconnectReason.SERVICE_NOT_AVAILABLE, "the service " + name);
        }
        phase = new Phase.Ready();
        send(AuthMessages.serviceAccept(SERVICE));
    }

    private void request(byte[] octets) throws SshProtocolException {
        if (phase instanceof Phase.AwaitingService) {
            throw SshProtocolException.malformed("a login before the service was asked for");
        }
        if (!(phase instanceof Phase.Busy)) {
            deal(octets);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(octets);
        } else {
            throw SshProtocolException.malformed("more than " + MAX_WAITING + " requests ahead");
        }
    }

    private void deal(byte[] octets) throws SshProtocolException {
        try {
            requestBegan = System.nanoTime();
            SshReader reader = new SshReader(octets, 1, octets.length - 1);
            UserAuthRequest request = UserAuthRequest.read(reader);
            phase = new Phase.Ready();
            banner();
            LoginProgress of = progressOf(request.user());
            Optional<LoginMethod> method = request.loginMethod();
            if (method.isEmpty() || method.get() != LoginMethod.KEYBOARD_INTERACTIVE) {
                of.dropOpen();
            }
            if (method.filter(of.next()::contains).isPresent()) {
                attempt(of, request, method.get(), reader);
            } else if (request.method().equals("none") && !askedForMethods) {
                askedForMethods = true;
                reader.expectEnd();
                send(AuthMessages.failure(of.next(), false));
            } else {
                refuse(of, Outcome.Refused.because("the method " + request.method()), true);
            }
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private void banner() {
        if (!bannerSent && !settings.banner().isEmpty()) {
            write(AuthMessages.banner(settings.banner()));
        }
        bannerSent = true;
    }

    /** What the user of this request has achieved; for another user than before, nothing. */
    private LoginProgress progressOf(String user) {
        LoginProgress known = progress;
        if (known == null || !known.user().equals(user)) {
            known = new LoginProgress(user, settings.chains());
            progress = known;
        }
        return known;
    }

    private void attempt(LoginProgress of, UserAuthRequest request, LoginMethod method, SshReader reader)
            throws SshProtocolException {
        switch (method) {
            case PASSWORD -> check(of, method, PasswordProof.read(reader), 0);
            case PUBLIC_KEY -> publicKey(of, request, reader);
            case KEYBOARD_INTERACTIVE -> keyboardInteractive(of, reader);
        }
    }

    private void publicKey(LoginProgress of, UserAuthRequest request, SshReader reader) throws SshProtocolException {
        PublicKeyProof proof = PublicKeyProof.read(
                request,
                reader,
                new PublicKeyProof.Connection(
                        transport.sessionId(),
                        transport.hostKey(),
                        settings.keyAlgorithms(),
                        login.session().remoteAddress().getAddress()));
        if (proof.isQuery() && ++keyQueries > settings.maxKeyQueries()) {
            tellGuard(of);
            throw new SshProtocolException(
                    DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE, "more than " + settings.maxKeyQueries() + " keys");
        }
        check(of, LoginMethod.PUBLIC_KEY, proof, 0);
    }

    // keyboard-interactive

    private void keyboardInteractive(LoginProgress of, SshReader reader) throws SshProtocolException {
        reader.readString(); // language
        reader.readString(); // submethods, which are hints
        reader.expectEnd();
        Optional<Outcome.MoreNeeded> open = of.open();
        if (open.isPresent()) {
            ask(of, open.get().prompts(), false, 1);
        } else {
            // each has the authenticator ask somebody or something, and an answer may never come
            if (++dialogues > settings.maxKeyQueries()) {
                tellGuard(of);
                throw new SshProtocolException(
                        DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE,
                        "more than " + settings.maxKeyQueries() + " dialogues begun");
            }
            check(
                    of,
                    LoginMethod.KEYBOARD_INTERACTIVE,
                    new AnswersProof(new Credentials.KeyboardInteractive(List.of())),
                    0);
        }
    }

    private void ask(LoginProgress of, List<Prompt> prompts, boolean isPassword, int round) {
        if (prompts.size() > MAX_PROMPTS || round > MAX_ROUNDS) {
            of.dropOpen();
            refuse(of, Outcome.Refused.because("the authenticator asks too much"), true);
            return;
        }
        phase = new Phase.Asking(prompts, isPassword, round);
        send(AuthMessages.questions(prompts));
    }

    private void answers(byte[] octets) throws SshProtocolException {
        try {
            if (!(phase instanceof Phase.Asking asking) || progress == null) {
                throw SshProtocolException.malformed("answers that nobody asked for");
            }
            requestBegan = System.nanoTime();
            SshReader reader = new SshReader(octets, 1, octets.length - 1);
            Optional<AnswersProof> answers =
                    AnswersProof.read(reader, asking.prompts().size());
            LoginProgress of = progress;
            if (answers.isEmpty()) {
                of.dropOpen();
                refuse(of, Outcome.Refused.because("another number of answers than of questions"), true);
            } else {
                Proof proof = asking.isPassword() ? answers.get().asPassword() : answers.get();
                check(of, LoginMethod.KEYBOARD_INTERACTIVE, proof, asking.round());
            }
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    // outcomes

    private void check(LoginProgress of, LoginMethod method, Proof proof, int round) {
        phase = new Phase.Busy();
        FactorCheck begun = new FactorCheck(
                login,
                loop(),
                settings.decisionTime(),
                of.user(),
                proof,
                outcome -> decided(of, method, proof, round, outcome));
        check = begun;
        begun.begin();
    }

    private void decided(LoginProgress of, LoginMethod method, Proof proof, int round, Outcome outcome) {
        check = null;
        if (phase instanceof Phase.Over) {
            return;
        }
        if (outcome instanceof Outcome.Accepted accepted) {
            accept(of, method, accepted);
        } else if (outcome instanceof Outcome.MoreNeeded more) {
            moreNeeded(of, method, more, round);
        } else if (outcome instanceof Outcome.KeyWouldDo && proof instanceof PublicKeyProof key) {
            phase = new Phase.Ready();
            send(AuthMessages.keyWouldDo(key.algorithm(), key.blob()));
            next();
        } else if (outcome instanceof Outcome.PasswordExpired expired) {
            passwordExpired(of, method, expired);
        } else if (outcome instanceof Outcome.Refused refused) {
            refused(of, method, proof, round, refused);
        } else {
            listener.refused(of.user(), "too many failed logins from this address");
            end(DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE, TOO_MANY_FAILURES);
        }
    }

    private void refused(LoginProgress of, LoginMethod method, Proof proof, int round, Outcome.Refused refused) {
        of.dropOpen();
        hasGuessed |= proof.isGuess();
        boolean asksToBegin = method == LoginMethod.KEYBOARD_INTERACTIVE && round == 0;
        if (asksToBegin && settings.passwordPrompt()) {
            ask(of, PASSWORD_PROMPT, true, 1);
        } else {
            boolean query = proof instanceof PublicKeyProof key && key.isQuery();
            refuse(of, refused, !query);
        }
    }

    /** Keyboard-interactive has no message for that, so there it is a rejection. It counts, as otherwise it could go on for ever. */
    private void passwordExpired(LoginProgress of, LoginMethod method, Outcome.PasswordExpired expired) {
        if (method != LoginMethod.PASSWORD || failures + 1 >= settings.maxAttempts()) {
            refuse(of, Outcome.Refused.because("the password has to be changed"), true);
            return;
        }
        failures++;
        phase = new Phase.Ready();
        send(AuthMessages.changePassword(expired.prompt()));
        next();
    }

    private void moreNeeded(LoginProgress of, LoginMethod method, Outcome.MoreNeeded more, int round) {
        if (method == LoginMethod.KEYBOARD_INTERACTIVE) {
            ask(of, more.prompts(), false, round + 1);
        } else {
            of.keep(method, more);
            phase = new Phase.Ready();
            send(AuthMessages.failure(of.next(), true));
            next();
        }
    }

    private void accept(LoginProgress of, LoginMethod method, Outcome.Accepted accepted) {
        if (!login.guard().allowed(login.session().remoteAddress().getAddress())) {
            // a guess made beside others, which have locked the source out meanwhile: the answer must not tell that it
            // was right
            decidedLockedOut(of);
            return;
        }
        Optional<String> problem = of.add(method, accepted);
        if (problem.isPresent()) {
            refuse(of, Outcome.Refused.because(problem.get()), true);
        } else if (of.isComplete()) {
            succeed(of);
        } else {
            phase = new Phase.Ready();
            send(AuthMessages.failure(of.next(), true));
            next();
        }
    }

    private void decidedLockedOut(LoginProgress of) {
        login.guard().failed(login.session().remoteAddress().getAddress(), of.user());
        listener.refused(of.user(), "too many failed logins from this address");
        end(DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE, TOO_MANY_FAILURES);
    }

    private void succeed(LoginProgress of) {
        AuthenticatedUser user = of.result();
        phase = new Phase.Busy();
        Preparation begun =
                new Preparation(login, loop(), settings.decisionTime(), () -> listener.prepare(user), success -> {
                    preparation = null;
                    if (!success) {
                        // from the start: what was shown is used up
                        progress = null;
                        refuse(of, Outcome.Refused.because("what the user needs cannot be had"), true);
                    } else {
                        welcome(of, user);
                    }
                });
        preparation = begun;
        begun.begin();
    }

    private void welcome(LoginProgress of, AuthenticatedUser user) {
        if (!listener.admit(user)) {
            listener.refused(of.user(), "too many sessions of this user");
            end(DisconnectReason.TOO_MANY_CONNECTIONS, "Too many sessions of this user");
            return;
        }
        login.guard().succeeded(login.session().remoteAddress().getAddress(), of.user());
        write(AuthMessages.success());
        transport.authenticated();
        context().flush();
        over();
        listener.authenticated(user);
    }

    /** Tells that it was rejected, not before its time; that holds no thread. */
    private void refuse(LoginProgress of, Outcome.Refused refused, boolean counts) {
        phase = new Phase.Busy();
        if (counts) {
            failures++;
            listener.refused(of.user(), refused.reason());
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - requestBegan);
        Duration least = settings.failureTime().remaining(of.user(), elapsed);
        Duration wait = least.compareTo(refused.delay()) > 0 ? least : refused.delay();
        answerTimer = loop().schedule(() -> tellRefused(of), Math.max(1, wait.toNanos()), TimeUnit.NANOSECONDS);
    }

    private void tellRefused(LoginProgress of) {
        if (phase instanceof Phase.Over) {
            return;
        }
        if (failures >= settings.maxAttempts()) {
            tellGuard(of);
            end(DisconnectReason.NO_MORE_AUTH_METHODS_AVAILABLE, TOO_MANY_FAILURES);
            return;
        }
        phase = new Phase.Ready();
        send(AuthMessages.failure(progressOf(of.user()).next(), false));
        next();
    }

    /** Wrong keys are no guesses each, but who uses up a connection with them is no better than who guesses a password once. */
    private void tellGuard(LoginProgress of) {
        if (!hasGuessed) {
            login.guard().failed(login.session().remoteAddress().getAddress(), of.user());
        }
    }

    /** What the client has sent ahead. */
    private void next() {
        byte[] octets = phase instanceof Phase.Ready ? waiting.poll() : null;
        if (octets != null) {
            try {
                deal(octets);
            } catch (SshProtocolException e) {
                violated(e);
            }
        }
    }

    // the end

    /** The peer learns the reason's number, and nothing more that would help it. */
    private void violated(SshProtocolException violation) {
        LOGGER.debug("[{}] the login ends the connection", login.session().id(), violation);
        end(violation.reason(), "");
    }

    private void end(DisconnectReason reason, String description) {
        if (!(phase instanceof Phase.Over)) {
            over();
            transport.disconnect(reason, description);
        }
    }

    private void over() {
        phase = new Phase.Over();
        cancel(grace);
        cancel(answerTimer);
        FactorCheck running = check;
        check = null;
        if (running != null) {
            running.abandon();
        }
        Preparation preparing = preparation;
        preparation = null;
        if (preparing != null) {
            preparing.abandon();
        }
        waiting.forEach(octets -> Arrays.fill(octets, (byte) 0));
        waiting.clear();
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void send(SshWriter message) {
        write(message);
        context().flush();
    }

    private void write(SshWriter message) {
        ChannelHandlerContext ctx = context();
        ByteBuf payload = ctx.alloc().buffer(message.size());
        message.writeTo(payload);
        ctx.write(payload, ctx.voidPromise());
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
