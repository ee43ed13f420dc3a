package io.portolan.ftp.server.internal.session;

import io.portolan.auth.AuthenticationRequest;
import io.portolan.auth.AuthenticationResult;
import io.portolan.auth.Credentials;
import io.portolan.auth.Identity;
import io.portolan.core.internal.codec.ControlCharacters;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.ftp.FtpReply;
import io.portolan.ftp.FtpReplyCode;
import io.portolan.guard.LoginGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A login, from the credentials to the reply: the guard is asked, the authenticator decides on the lane, the user's files are opened, a slot among the
 * user's sessions is taken. Whatever goes wrong keeps the client out, and it is told the same 530 each time. The guard hears of a failure on the lane, so
 * that a client that does not wait for the answer has not guessed for nothing.
 */
public final class Login {

    private static final String REFUSED = "Login incorrect.";

    /** Until the guard is asked again whether there is room for one more check; the client notices no such delay. */
    private static final Duration RETRY = Duration.ofMillis(20);

    private final CommandContext context;
    private final FtpSession session;
    private final String user;
    private final Credentials credentials;
    private final LoginGuard guard;
    private final InetAddress source;
    private final AtomicBoolean checking = new AtomicBoolean();

    private Login(CommandContext context, String user, Credentials credentials) {
        this.context = context;
        this.session = context.session();
        this.user = user;
        this.credentials = credentials;
        this.guard = session.server().config().loginGuard();
        this.source = session.info().remoteAddress().getAddress();
    }

    /** Checks credentials and replies to the command that brought them. */
    public static void check(CommandContext context, String user, Credentials credentials) {
        context.session().login(new LoginState.Checking(user, credentials instanceof Credentials.ClientCertificate));
        new Login(context, user, credentials).begin();
    }

    /** The reply to USER that everybody gets. */
    public static void askForPassword(CommandContext context, String user) {
        askForPassword(context, user, Optional.empty());
    }

    private static void askForPassword(
            CommandContext context, String user, Optional<RefusedCertificates.Refused> refused) {
        context.session().login(new LoginState.AwaitingPassword(user, refused));
        context.reply(FtpReplyCode.NEED_PASSWORD, "Password, please.");
    }

    /** A certificate that does not let its owner in is no guess yet: the password may do, with it or alone. The session counts those behind which none is said. */
    private boolean isByCertificate() {
        return credentials instanceof Credentials.ClientCertificate;
    }

    /** What the authenticator said, and the files that go with a yes. Closed where there is nobody any more to be told. */
    private sealed interface Decision extends AutoCloseable {

        record Accepted(Identity identity, VirtualFileSystem files) implements Decision {
            @Override
            public void close() throws IOException {
                files.close();
            }
        }

        record MoreNeeded() implements Decision {}

        record Refused(String reason, Duration delay) implements Decision {}

        @Override
        default void close() throws IOException {}
    }

    private void begin() {
        if (!session.isConnected()) {
            clear();
        } else if (!guard.allowed(source)) {
            clear();
            sendAway();
        } else if (guard.beginCheck(source)) {
            checking.set(true);
            session.laneInUse();
            session.lane().call(this::decide, session.loop(), this::decided);
        } else {
            session.loop().schedule(this::begin, RETRY.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private Decision decide() {
        try {
            return ask();
        } catch (Exception | Error e) {
            SessionLog.warn(session, "the authenticator or the file-system factory failed; the login is refused", e);
            return refused("failed to decide");
        } finally {
            clear();
            endCheck();
        }
    }

    private Decision ask() throws Exception {
        AuthenticationResult result = session.host()
                .authenticator()
                .authenticate(new AuthenticationRequest(user, credentials, session.info()));
        if (result instanceof AuthenticationResult.Accepted accepted) {
            return new Decision.Accepted(
                    accepted.identity(), session.host().files().open(accepted.identity(), session.info()));
        }
        if (result instanceof AuthenticationResult.Continue) {
            return new Decision.MoreNeeded();
        }
        return refused(
                result instanceof AuthenticationResult.Rejected rejected
                        ? rejected.reason()
                        : "the authenticator gave no answer");
    }

    private Decision refused(String reason) {
        return new Decision.Refused(reason, isByCertificate() ? Duration.ZERO : guard.failed(source, user));
    }

    private void clear() {
        if (credentials instanceof Credentials.Password password) {
            password.clear();
        } else if (credentials instanceof Credentials.KeyboardInteractive answers) {
            answers.clear();
        }
    }

    private void endCheck() {
        if (checking.compareAndSet(true, false)) {
            guard.endCheck(source);
        }
    }

    private void decided(@Nullable Decision decision, @Nullable Throwable failure) {
        if (decision == null) {
            // the lane has not taken the call
            clear();
            endCheck();
        }
        if (session.isConnected()) {
            reply(decision, failure);
        } else if (decision instanceof Decision.Accepted accepted) {
            session.closeLater(accepted.files());
        }
        session.laneReleased();
    }

    private void reply(@Nullable Decision decision, @Nullable Throwable failure) {
        if (decision instanceof Decision.Accepted accepted) {
            accept(accepted.identity(), accepted.files());
        } else if (isByCertificate()) {
            askForPassword(
                    context, user, decision instanceof Decision.Refused ? refusedCertificate() : Optional.empty());
        } else if (decision instanceof Decision.MoreNeeded) {
            session.login(new LoginState.AwaitingAccount(user));
            context.reply(FtpReplyCode.NEED_ACCOUNT, "Say ACCT, please.");
        } else if (decision instanceof Decision.Refused refused) {
            refuse(refused.reason(), refused.delay());
        } else {
            SessionLog.debug(session, "the login could not be checked", failure);
            refuse("too busy to check it", Duration.ZERO);
        }
    }

    private Optional<RefusedCertificates.Refused> refusedCertificate() {
        Optional<RefusedCertificates.Refused> open =
                session.server().refusedCertificates().add(source, user);
        if (open.isEmpty()) {
            session.events().loginFailed(ControlCharacters.replace(user), RefusedCertificates.REASON);
        }
        return open;
    }

    private void accept(Identity identity, VirtualFileSystem files) {
        if (!guard.allowed(source)) {
            // a guess made beside others, which have locked the source out meanwhile: the answer must not tell that it
            // was right
            session.closeLater(files);
            guard.failed(source, user);
            sendAway();
            return;
        }
        if (!session.slot().login(identity.name())) {
            session.closeLater(files);
            keptOut("too many sessions of this user");
            context.reply(FtpReplyCode.NOT_LOGGED_IN, "Too many sessions of this user, close one or try again later.");
            return;
        }
        guard.succeeded(source, user);
        session.loggedIn(new LoginState.LoggedIn(identity, files));
        context.reply(FtpReply.of(
                isByCertificate() ? FtpReplyCode.USER_AUTHORIZED_BY_SECURITY_EXCHANGE : FtpReplyCode.USER_LOGGED_IN,
                session.host().messages().loggedIn()));
    }

    private void keptOut(String reason) {
        session.login(new LoginState.AwaitingUser());
        session.events().loginFailed(ControlCharacters.replace(user), reason);
    }

    /** The source is locked out: this connection of its is no better than a new one. */
    private void sendAway() {
        String reason = "too many failed logins from this address";
        keptOut(reason);
        session.sendAndClose(
                FtpReply.of(FtpReplyCode.SERVICE_NOT_AVAILABLE, "Too many failed logins, try again later."), reason);
    }

    /** Refuses, after the guard's delay; the delay holds no thread. */
    private void refuse(String reason, Duration delay) {
        keptOut(reason);
        if (delay.isZero()) {
            context.reply(FtpReplyCode.NOT_LOGGED_IN, REFUSED);
        } else {
            session.loop()
                    .schedule(
                            () -> context.reply(FtpReplyCode.NOT_LOGGED_IN, REFUSED),
                            delay.toNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }
}
