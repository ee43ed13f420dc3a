package io.portolan.core.internal.concurrent;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One step after another, as many as there may be, without a deep stack. On one event loop. */
public final class Loop<T> {

    private final Iterator<T> items;
    private final Function<T, ? extends CompletableFuture<?>> step;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    private Loop(Iterator<T> items, Function<T, ? extends CompletableFuture<?>> step) {
        this.items = items;
        this.step = step;
    }

    /** Does the step for each item, when that for the one before has succeeded; the first failure is the last step. */
    public static <T> CompletableFuture<Void> over(
            Iterable<T> items, Function<T, ? extends CompletableFuture<?>> step) {
        Loop<T> loop = new Loop<>(items.iterator(), step);
        loop.run();
        return loop.done;
    }

    private void run() {
        while (items.hasNext()) {
            CompletableFuture<?> running = step.apply(items.next());
            if (!running.isDone()) {
                running.whenComplete((result, failure) -> {
                    if (failure != null) {
                        done.completeExceptionally(Futures.unwrap(failure));
                    } else {
                        run();
                    }
                });
                return;
            }
            if (running.isCompletedExceptionally()) {
                running.whenComplete((result, failure) -> done.completeExceptionally(Futures.unwrap(failure)));
                return;
            }
        }
        done.complete(null);
    }
}
