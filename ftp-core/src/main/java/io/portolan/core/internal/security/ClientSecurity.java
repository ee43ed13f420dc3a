package io.portolan.core.internal.security;

/** A mechanism at work in one client. */
public interface ClientSecurity {

    /**
     * Begins to protect a session. Called on its event loop.
     *
     * @param host the server, as whoever connects has named it: a name or an address
     * @param port the port of the control connection
     * @return what protects this session
     */
    ClientSessionSecurity begin(String host, int port);

    /**
     * Whether data connections are protected (PROT P).
     *
     * @return the setting
     */
    boolean isDataProtected();

    /**
     * Whether the control connection goes back into the clear behind the login (CCC).
     *
     * @return the setting
     */
    boolean isControlCleared();

    /** Lets go of what belongs to the client. Called on its house thread, when no session begins any more; those that there are may go on. */
    void close();
}
