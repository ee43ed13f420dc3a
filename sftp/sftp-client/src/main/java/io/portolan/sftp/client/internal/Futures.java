package io.portolan.sftp.client.internal;

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
    public static <T> CompletableFuture<T> of(io.netty.util.concurrent.Future<T> future) {
        CompletableFuture<T> result = new CompletableFuture<>();
        future.addListener((io.netty.util.concurrent.Future<T> done) -> {
            if (done.isSuccess()) {
                result.complete(done.getNow());
            } else {
                result.completeExceptionally(done.cause());
            }
        });
        return result;
    }
}
