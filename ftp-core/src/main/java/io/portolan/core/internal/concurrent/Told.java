package io.portolan.core.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A result that an application may ask for; only then a worker is bothered to tell it. Safe to use from any thread.
 *
 * @param <T> the result
 */
public final class Told<T> {

    private final CompletableFuture<T> result;
    private final Executor workers;
    private final Runnable cancel;
    private @Nullable CompletableFuture<T> future;

    /** See {@link Delivery#to}. */
    public Told(Executor workers, CompletableFuture<T> result, Runnable cancel) {
        this.workers = workers;
        this.result = result;
        this.cancel = cancel;
    }

    /** The same future each time. */
    public synchronized CompletableFuture<T> future() {
        CompletableFuture<T> told = future;
        if (told == null) {
            told = Delivery.to(workers, result, cancel);
            future = told;
        }
        return told;
    }
}
