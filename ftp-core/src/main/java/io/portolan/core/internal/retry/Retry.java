package io.portolan.core.internal.retry;

import io.portolan.core.internal.concurrent.Backoff;
import io.portolan.transfer.FileTransferException;
import io.portolan.transfer.RetryPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again by a policy, each time on a session that works. Blocks; safe to use from any thread.
 *
 * @param <S> a session of some protocol
 */
public final class Retry<S> {

    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

    /** Gives sessions that work; connects if need be. */
    @FunctionalInterface
    public interface Sessions<S> {
        Held<S> take() throws IOException;
    }

    /**
     * A session.
     *
     * @param isGone whether nothing can be asked of it any more
     * @param giveBack from any thread
     */
    public record Held<S>(S session, BooleanSupplier isGone, Runnable giveBack) {}

    /** What a protocol has its own words for. */
    public interface Words {

        /** Whether a failure is that somebody has cancelled: they do not want it to be tried again, though that could succeed. */
        boolean isCancelled(IOException failure);

        /** The end of what would have been tried again. */
        IOException ended(String message, IOException because);
    }

    private final Sessions<S> sessions;
    private final Words words;
    private final RetryPolicy policy;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    public Retry(Sessions<S> sessions, RetryPolicy policy, Words words) {
        this.words = words;
        this.sessions = sessions;
        this.policy = policy;
    }

    /** Ends the waits, and lets no other begin. */
    public void close() {
        closed.complete(null);
    }

    /** Does something, as often as it takes. */
    public <T> T call(Attempt<S, T> attempt) throws IOException {
        Backoff backoff = new Backoff(
                policy, System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
        while (true) {
            Held<S> held = null;
            try {
                held = sessions.take();
                T result = attempt.run(held.session());
                held.giveBack().run();
                return result;
            } catch (IOException failure) {
                Optional<Duration> wait = mayPass(failure) && attempt.isRepeatable()
                        ? backoff.failed(attempt.cameFurther())
                        : Optional.empty();
                end(held, wait.isPresent() ? null : attempt);
                LOG.debug("Failed, next after {}", wait, failure);
                pause(wait.orElseThrow(() -> failure), failure);
            } catch (RuntimeException | Error failure) {
                end(held, attempt);
                throw failure;
            }
        }
    }

    private boolean mayPass(IOException failure) {
        return failure instanceof FileTransferException transfer
                && transfer.isRetryable()
                && !words.isCancelled(failure);
    }

    private static <S> void end(@Nullable Held<S> held, @Nullable Attempt<S, ?> abandoned) {
        if (held == null) {
            return;
        }
        if (abandoned == null || held.isGone().getAsBoolean()) {
            held.giveBack().run();
        } else {
            abandoned
                    .abandon(held.session())
                    .whenComplete((done, ignored) -> held.giveBack().run());
        }
    }

    private void pause(Duration wait, IOException because) throws IOException {
        try {
            closed.get(wait.toMillis(), TimeUnit.MILLISECONDS);
            throw words.ended("closed, so it is not tried again", because);
        } catch (TimeoutException e) {
            // the time has come
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted, so it is not tried again");
            interrupted.initCause(because);
            throw interrupted;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
