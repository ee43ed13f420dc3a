package io.portolan.examples.standalone.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for what a session does.
 *
 * @param abort in which what was cancelled has ended
 * @param giveUp closes a session in which it has not
 */
record Waiting(Duration abort, Runnable giveUp) {

    /** Waits; if the thread is interrupted, for the end of what it cancels, as the server has something to tidy up, too. */
    <T> T await(CompletableFuture<T> completion, Runnable cancel) throws IOException {
        try {
            return completion.get();
        } catch (InterruptedException e) {
            cancel.run();
            settle(completion);
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IOException(e.getCause());
        }
    }

    private void settle(CompletableFuture<?> completion) {
        try {
            // of no interest is whether it was quicker than the cancellation
            completion.handle((result, failure) -> true).get(2 * abort.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            giveUp.run();
        }
    }
}
