package io.portolan.ssh.internal.auth;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets on the lane what a user needs who is about to be let in, and tells on the event loop, once, whether that went well in time. */
final class Preparation {

    private static final Logger LOGGER = LoggerFactory.getLogger(Preparation.class);

    private final UserAuthContext context;
    private final EventExecutor loop;
    private final Duration time;
    private final Step step;
    private final Consumer<Boolean> answer;
    private boolean over;
    private @Nullable Future<?> timer;

    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    Preparation(UserAuthContext context, EventExecutor loop, Duration time, Step step, Consumer<Boolean> answer) {
        this.context = context;
        this.loop = loop;
        this.time = time;
        this.step = step;
        this.answer = answer;
    }

    void begin() {
        timer = loop.schedule(() -> tell(false, "no answer in time", null), time.toNanos(), TimeUnit.NANOSECONDS);
        context.lane()
                .<Boolean>call(
                        () -> {
                            step.run();
                            return true;
                        },
                        loop,
                        (done, failure) -> tell(done != null, "a failure", failure));
    }

    /** Nobody waits any more. */
    void abandon() {
        over = true;
        stopTimer();
    }

    private void tell(boolean success, String problem, @Nullable Throwable failure) {
        stopTimer();
        if (over) {
            return;
        }
        over = true;
        if (!success) {
            LOGGER.warn(
                    "[{}] what the user needs cannot be had ({}); the login is refused",
                    context.session().id(),
                    problem,
                    failure);
        }
        answer.accept(success);
    }

    private void stopTimer() {
        Future<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
    }
}
