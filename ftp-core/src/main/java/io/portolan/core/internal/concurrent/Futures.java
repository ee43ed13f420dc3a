package io.portolan.core.internal.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Odds and ends of futures. */
public final class Futures {

    private Futures() {}

    /** What has happened, without what futures wrap it in. */
    public static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** A future of Netty's as one of Java's. */
    public static CompletableFuture<Void> of(io.netty.util.concurrent.Future<?> future) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        future.addListener(done -> {
            if (done.isSuccess()) {
                result.complete(null);
            } else {
                result.completeExceptionally(done.cause());
            }
        });
        return result;
    }
}
