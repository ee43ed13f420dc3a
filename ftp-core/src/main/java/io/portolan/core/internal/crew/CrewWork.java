package io.portolan.core.internal.crew;

import java.io.IOException;

/**
 * What a crew has to do. Used by all of its workers.
 *
 * @param <C> a connection
 * @param <T> a task
 */
public interface CrewWork<C, T> {

    /** Where the tasks come from: always the same. */
    CrewQueue<T> queue();

    /** Does a task. */
    void run(T task, C connection) throws IOException;

    /**
     * A task has failed: to be put back into the queue, or told.
     *
     * @throws IOException if the whole crew has failed by it
     */
    void failed(T task, IOException cause, C connection) throws IOException;

    /** Whether a connection over which something has failed can still be used. */
    boolean isUsable(C connection);
}
