package io.portolan.core.internal.concurrent;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings results from event loops to whoever waits for them. */
public final class Delivery {

    private Delivery() {}

    /**
     * A result for an application, whose code must not run on an event loop: it may block.
     *
     * @param result completed on an event loop
     * @param workers where the application is told
     * @param cancel what happens if the application cancels
     */
    public static <T> CompletableFuture<T> to(Executor workers, CompletableFuture<T> result, Runnable cancel) {
        return to(workers, result, cancel, value -> {});
    }

    /**
     * A result that has to be closed, or given back.
     *
     * @param result completed on an event loop
     * @param workers where the application is told
     * @param cancel what happens if the application cancels
     * @param unwanted what becomes of a result that comes too late, since the application has completed what it was given by itself
     */
    public static <T> CompletableFuture<T> to(
            Executor workers, CompletableFuture<T> result, Runnable cancel, Consumer<? super T> unwanted) {
        CompletableFuture<T> told = new CompletableFuture<>();
        told.whenComplete((value, failure) -> {
            if (told.isCancelled()) {
                cancel.run();
            }
        });
        result.whenComplete((value, failure) -> {
            try {
                workers.execute(() -> tell(told, value, failure, unwanted));
            } catch (RejectedExecutionException e) {
                // the client is closed; an application that waits for this has to hear of it all the same
                tell(told, value, failure, unwanted);
            }
        });
        return told;
    }

    @SuppressWarnings("NullAway") // a future's value may be what it is
    private static <T> void tell(
            CompletableFuture<T> told, @Nullable T value, @Nullable Throwable failure, Consumer<? super T> unwanted) {
        if (failure != null) {
            told.completeExceptionally(Futures.unwrap(failure));
        } else if (!told.complete(value)) {
            unwanted.accept(value);
        }
    }

    /**
     * Waits.
     *
     * @param cancel what happens if the thread is interrupted
     * @throws InterruptedIOException if it is; the thread stays interrupted
     * @throws IOException what has failed, as it is
     */
    public static <T> T await(CompletableFuture<T> result, Runnable cancel) throws IOException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel.run();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted, and cancelled");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            Throwable cause = Futures.unwrap(e.getCause() == null ? e : e.getCause());
            if (cause instanceof IOException io) {
                throw io;
            }
            if (cause instanceof RuntimeException runtime) {
                throw runtime;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new IOException(cause);
        }
    }
}
