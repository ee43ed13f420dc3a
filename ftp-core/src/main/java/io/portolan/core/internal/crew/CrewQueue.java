package io.portolan.core.internal.crew;

import org.jspecify.annotations.Nullable;

/**
 * The tasks of a crew. Used by all of its workers.
 *
 * @param <T> a task
 */
public interface CrewQueue<T> {

    /** Waits for the next task, after which {@link #done} will be called; null when there will be none any more. */
    @Nullable
    T take() throws InterruptedException;

    /** A task that was taken has been done, has failed, or has been put back. */
    void done();

    /** Somebody else has to do a task that was taken. */
    void putBack(T task);

    /** Whether one more worker would have something to do. Must not wait. */
    boolean hasMore();

    /** Nothing is to be done any more. Must not wait. */
    void stop();
}
