package io.portolan.ssh.internal.auth;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.portolan.auth.AuthenticationRequest;
import io.portolan.guard.LoginGuard;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks about one proof: the guard first, then on the lane the authenticator, and tells the outcome on the event loop, once. Whatever goes wrong, and whatever takes too long, is a
 * rejection. The guard hears of a failure on the lane, so that a client that does not wait for the answer has not guessed for nothing.
 */
final class FactorCheck {

    private static final Logger LOGGER = LoggerFactory.getLogger(FactorCheck.class);

    /** Until the guard is asked again whether there is room for one more check; the client notices no such delay. */
    private static final Duration RETRY = Duration.ofMillis(20);

    private final UserAuthContext context;
    private final EventExecutor loop;
    private final Duration time;
    private final String user;
    private final Proof proof;
    private final Consumer<Outcome> answer;
    private final LoginGuard guard;
    private final InetAddress source;
    private final AtomicBoolean checking = new AtomicBoolean();
    private final AtomicBoolean failureTold = new AtomicBoolean();
    private boolean over;
    private @Nullable Future<?> timer;

    FactorCheck(
            UserAuthContext context,
            EventExecutor loop,
            Duration time,
            String user,
            Proof proof,
            Consumer<Outcome> answer) {
        this.context = context;
        this.loop = loop;
        this.time = time;
        this.user = user;
        this.proof = proof;
        this.answer = answer;
        this.guard = context.guard();
        this.source = context.session().remoteAddress().getAddress();
    }

    /** Begins; the answer never comes before this returns, unless the source is locked out. */
    void begin() {
        if (over) {
            proof.clear();
        } else if (!guard.allowed(source)) {
            proof.clear();
            tell(new Outcome.LockedOut());
        } else if (!proof.isGuess()) {
            call();
        } else if (guard.beginCheck(source)) {
            checking.set(true);
            call();
        } else {
            timer = loop.schedule(this::begin, RETRY.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Nobody waits any more. What runs on the lane runs on, as the guard has to hear of it. */
    void abandon() {
        over = true;
        stopTimer();
        if (!checking.get()) {
            // otherwise the lane clears when it is done with it
            proof.clear();
        }
    }

    private void call() {
        timer = loop.schedule(this::tooLate, time.toNanos(), TimeUnit.NANOSECONDS);
        context.lane().<Outcome>call(this::decide, loop, this::decided);
    }

    private Outcome decide() {
        try {
            Outcome outcome = proof.decide(credentials -> context.authenticator()
                    .authenticate(new AuthenticationRequest(user, credentials, context.session())));
            return outcome instanceof Outcome.Refused refused ? refused(refused.reason()) : outcome;
        } catch (Exception | Error e) {
            LOGGER.warn(
                    "[{}] the authenticator failed; the login is refused",
                    context.session().id(),
                    e);
            return refused("failed to decide");
        } finally {
            proof.clear();
            endCheck();
        }
    }

    private Outcome refused(String reason) {
        boolean tell = proof.isGuess() && failureTold.compareAndSet(false, true);
        return new Outcome.Refused(reason, tell ? guard.failed(source, user) : Duration.ZERO);
    }

    private void endCheck() {
        if (checking.compareAndSet(true, false)) {
            guard.endCheck(source);
        }
    }

    private void decided(@Nullable Outcome outcome, @Nullable Throwable failure) {
        if (outcome == null) {
            // the lane has not taken the call
            proof.clear();
            endCheck();
            LOGGER.debug(
                    "[{}] the login could not be checked", context.session().id(), failure);
            tell(Outcome.Refused.because("too busy to check it"));
        } else {
            tell(outcome);
        }
    }

    private void tooLate() {
        LOGGER.warn(
                "[{}] the authenticator has not answered within {}; the login is refused",
                context.session().id(),
                time);
        tell(refused("no answer in time"));
    }

    private void tell(Outcome outcome) {
        stopTimer();
        if (!over) {
            over = true;
            answer.accept(outcome);
        }
    }

    private void stopTimer() {
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
    }
}
