package io.portolan.core.internal.check;

import java.io.IOException;

/**
 * One thing to try.
 *
 * @param <V> what it has to know from those before it
 */
public interface Step<V extends Visiting> {

    /** Which, in the report. */
    String name();

    /** Whether the steps behind it make sense only if it has not failed. */
    default boolean isNeeded() {
        return true;
    }

    /**
     * Tries it.
     *
     * @throws IOException if the connection fails in the middle; {@link Visiting#broken} says in words what that means
     */
    Finding look(V visit) throws IOException;
}
