package io.portolan.core.internal.concurrent;

import org.jspecify.annotations.Nullable;

/**
 * What happens on the event loop when a call on a lane has returned.
 *
 * @param <T> what the call returns
 */
@FunctionalInterface
public interface Completion<T> {

    /**
     * The call is over.
     *
     * @param value what it returned; {@code null} if it failed, or if it returned that
     * @param failure what it threw, or a {@link java.util.concurrent.RejectedExecutionException} if it was never made; {@code null} if it succeeded
     */
    void done(@Nullable T value, @Nullable Throwable failure);

    /**
     * Nobody will be told, as the event loop has ended: the call is over, or never was made. On the thread that made the call; of no effect unless somebody waits for more than the event loop does.
     */
    default void lost() {
        // who is on an event loop that has ended waits for nothing
    }
}
