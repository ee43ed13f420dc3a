package io.portolan.ssh.internal.auth;

/** Who is told how a login goes; on the event loop, where nothing else is said. */
public interface UserAuthListener {

    /**
     * The user has shown who it is, all steps included: gets what it needs, such as its files. Called on the lane, before anything else here. What it throws keeps the user out, and it is
     * told no more than with a wrong password.
     */
    default void prepare(AuthenticatedUser user) throws Exception {}

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
