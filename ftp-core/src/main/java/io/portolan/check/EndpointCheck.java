package io.portolan.check;

/**
 * Finds out why a server cannot be used, step by step, and says in plain words what is to blame and what to change. Made by the clients; not to be implemented elsewhere.
 *
 * <p>A check may be run any number of times, by one thread at a time or by several.
 */
public interface EndpointCheck {

    /**
     * Looks at the server, on the caller's thread, and within a time that the settings bound. What does not work is in the report and not an exception; if the thread is interrupted the check ends, which is in the report as well,
     * and the thread stays interrupted.
     *
     * @return what was found
     */
    CheckReport run();
}
