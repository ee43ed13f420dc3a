package io.portolan.core.internal.retry;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Something that may take several attempts; remembers what the earlier ones have come to. By one thread.
 *
 * @param <S> what it is done with: a session of some protocol
 * @param <T> what comes of it
 */
public interface Attempt<S, T> {

    /** Does it, or what is left of it; blocks. */
    T run(S session) throws IOException;

    /** Whether the attempt that has just failed leaves it so that it can be gone on with, or begun anew, without writing anything twice. */
    default boolean isRepeatable() {
        return true;
    }

    /** Whether the attempt that has just failed has brought something that the next can go on with. */
    default boolean cameFurther() {
        return false;
    }

    /**
     * There will be no other attempt: removes from the server what nobody will ask for. Does not wait.
     *
     * @return completes when that has been tried
     */
    default CompletableFuture<?> abandon(S session) {
        return CompletableFuture.completedFuture(null);
    }

    /** The same, of those who have something else, in which there is what it is done with. */
    default <R> Attempt<R, T> within(Function<? super R, ? extends S> view) {
        Attempt<S, T> inner = this;
        return new Attempt<>() {
            @Override
            public T run(R session) throws IOException {
                return inner.run(view.apply(session));
            }

            @Override
            public boolean isRepeatable() {
                return inner.isRepeatable();
            }

            @Override
            public boolean cameFurther() {
                return inner.cameFurther();
            }

            @Override
            public CompletableFuture<?> abandon(R session) {
                return inner.abandon(view.apply(session));
            }
        };
    }
}
