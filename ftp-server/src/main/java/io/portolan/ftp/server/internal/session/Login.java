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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A login, from the credentials to the reply: the guard is asked, the authenticator decides on the lane, the user's files are opened, a slot among the
 * user's sessions is taken. Whatever goes wrong keeps the client out, and it is told the same 530 each time.
 */
public final class Login {

    private static final String REFUSED = "Login incorrect.";

    private final CommandContext context;
    private final FtpSession session;
    private final String user;
    private final Credentials credentials;
    private final LoginGuard guard;
    private final InetAddress source;

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
        new Login(context, user, credentials).begin();
    }

    /** What the authenticator said, and the files that go with a yes. */
    private record Decision(
            AuthenticationResult result, @Nullable VirtualFileSystem files) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (files != null) {
                files.close();
            }
        }
    }

    private void begin() {
        if (!guard.allowed(source)) {
            clear();
            refuse("too many failed logins from this address", false);
            return;
        }
        session.login(new LoginState.Checking(user));
        session.lane().call(this::decide, session.loop(), this::decided);
    }

    private Decision decide() throws Exception {
        try {
            AuthenticationResult result = session.host()
                    .authenticator()
                    .authenticate(new AuthenticationRequest(user, credentials, session.info()));
            if (result instanceof AuthenticationResult.Accepted accepted) {
                return new Decision(result, session.host().files().open(accepted.identity(), session.info()));
            }
            return new Decision(result, null);
        } finally {
            clear();
        }
    }

    private void clear() {
        if (credentials instanceof Credentials.Password password) {
            password.clear();
        } else if (credentials instanceof Credentials.KeyboardInteractive answers) {
            answers.clear();
        }
    }

    private void decided(@Nullable Decision decision, @Nullable Throwable failure) {
        if (!session.isConnected()) {
            if (decision != null && decision.files() != null) {
                closeUnused(decision.files());
            }
            return;
        }
        if (decision == null) {
            SessionLog.warn(
                    session,
                    "the authenticator or the file-system factory failed; the login is refused",
                    orUnknown(failure));
            refuse("failed to decide", true);
        } else if (decision.result() instanceof AuthenticationResult.Accepted accepted && decision.files() != null) {
            accept(accepted.identity(), decision.files());
        } else if (decision.result() instanceof AuthenticationResult.Continue) {
            session.login(new LoginState.AwaitingAccount(user));
            context.reply(FtpReplyCode.NEED_ACCOUNT, "Say ACCT, please.");
        } else if (decision.result() instanceof AuthenticationResult.Rejected rejected) {
            refuse(rejected.reason(), true);
        } else {
            refuse("the authenticator gave no answer", true);
        }
    }

    private static Throwable orUnknown(@Nullable Throwable failure) {
        return failure == null ? new IllegalStateException("no decision") : failure;
    }

    private void accept(Identity identity, VirtualFileSystem files) {
        if (!session.slot().login(identity.name())) {
            session.login(new LoginState.AwaitingUser());
            closeUnused(files);
            context.reply(FtpReplyCode.NOT_LOGGED_IN, "Too many sessions of this user, close one or try again later.");
            return;
        }
        guard.succeeded(source, user);
        session.loggedIn(new LoginState.LoggedIn(identity, files));
        context.reply(FtpReply.of(
                FtpReplyCode.USER_LOGGED_IN, session.host().messages().loggedIn()));
    }

    private void closeUnused(VirtualFileSystem files) {
        session.closeLater(files);
    }

    /** Refuses, after the guard's delay; the delay holds no thread. */
    private void refuse(String reason, boolean counts) {
        session.login(new LoginState.AwaitingUser());
        session.events().loginFailed(ControlCharacters.replace(user), reason);
        Duration delay = counts ? guard.failed(source, user) : Duration.ZERO;
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
