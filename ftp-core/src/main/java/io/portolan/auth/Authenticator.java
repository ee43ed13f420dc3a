package io.portolan.auth;

/**
 * Decides who is let in.
 *
 * <p>Called on worker threads, so it may block (a database, a directory service), by several sessions at a time. Whatever is not
 * {@link AuthenticationResult.Accepted} keeps the peer out: also an exception, {@code null}, and an answer that comes too late. The peer is told the same
 * words in the same time whether the user exists or not; an implementation should do as much work for a user who does not exist as for one who does.
 */
@FunctionalInterface
public interface Authenticator {

    /**
     * Looks at what a peer presents.
     *
     * @param request who it claims to be, and the proof
     * @return the decision
     * @throws Exception if it cannot decide: a rejection, and a warning in the log
     */
    AuthenticationResult authenticate(AuthenticationRequest request) throws Exception;
}
