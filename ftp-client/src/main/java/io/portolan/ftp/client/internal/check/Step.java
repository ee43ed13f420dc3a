package io.portolan.ftp.client.internal.check;

import java.io.IOException;

/** One thing to try. */
interface Step {

    String name();

    /** Whether the steps behind it make sense only if it has not failed. */
    default boolean isNeeded() {
        return true;
    }

    /**
     * Tries it.
     *
     * @throws IOException if the control connection fails in the middle; {@link ControlFailures} says in words what that means
     */
    Finding look(Visit visit) throws IOException;
}
