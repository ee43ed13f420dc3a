package io.portolan.ftp.client.internal.retry;

import io.portolan.core.internal.concurrent.Backoff;
import io.portolan.ftp.client.FtpCancelledException;
import io.portolan.ftp.client.FtpConnectionException;
import io.portolan.ftp.client.internal.session.ClientSession;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again by a policy, each time on a session that works. Blocks; safe to use from any thread. */
public final class Retry {

    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

    /** Gives sessions that work; connects if need be. */
    @FunctionalInterface
    public interface Sessions {
        Held take() throws IOException;
    }

    /**
     * A session that nobody else has.
     *
     * @param giveBack from any thread
     */
    public record Held(ClientSession session, Runnable giveBack) {}

    private final Sessions sessions;
    private final RetryPolicy policy;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    public Retry(Sessions sessions, RetryPolicy policy) {
        this.sessions = sessions;
        this.policy = policy;
    }

    /** Ends the waits, and lets no other begin. */
    public void close() {
        closed.complete(null);
    }

    /** Does something, as often as it takes. */
    public <T> T call(Attempt<T> attempt) throws IOException {
        Backoff backoff = new Backoff(
                policy, System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
        while (true) {
            Held held = null;
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

    /** Whoever has cancelled does not want it to be tried again, though that could succeed. */
    private static boolean mayPass(IOException failure) {
        return failure instanceof FileTransferException transfer
                && transfer.isRetryable()
                && !(failure instanceof FtpCancelledException);
    }

    private static void end(@Nullable Held held, @Nullable Attempt<?> abandoned) {
        if (held == null) {
            return;
        }
        if (abandoned == null || held.session().closed().isDone()) {
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
            FtpConnectionException end = new FtpConnectionException("closed, so it is not tried again", because);
            throw end;
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
