package io.portolan.ssh.internal.auth;

/** Who is told how a login goes, on the event loop. */
public interface UserAuthListener {

    /**
     * The user has shown who it is, and has not been told yet.
     *
     * @return whether there is room for it; if not, the connection ends
     */
    default boolean admit(AuthenticatedUser user) {
        return true;
    }

    /** The user is logged in and has been told: whoever is told replaces the handler by that of connections, before it returns. */
    void authenticated(AuthenticatedUser user);

    /**
     * An attempt was rejected; not told of queries and of steps that succeeded but are not enough.
     *
     * @param user the name that was tried, as it was sent
     * @param reason why, for the log and never for the peer
     */
    default void refused(String user, String reason) {}
}
