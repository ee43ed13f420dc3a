package io.portolan.core.internal.crew;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a crew has to do. Used by all of its workers.
 *
 * @param <C> a connection
 * @param <T> a task
 */
public interface CrewWork<C, T> {

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

    /** Does a task. */
    void run(T task, C connection) throws IOException;

    /**
     * A task has failed: to be put back, or told.
     *
     * @throws IOException if the whole crew has failed by it
     */
    void failed(T task, IOException cause, C connection) throws IOException;

    /** Whether a connection over which something has failed can still be used. */
    boolean isUsable(C connection);
}
