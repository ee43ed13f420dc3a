package io.portolan.auth;

import io.portolan.session.SessionInfo;
import java.util.Objects;

/**
 * One attempt to log in.
 *
 * @param user the name, as the peer sent it
 * @param credentials the proof; secrets in it are cleared once the authenticator has answered
 * @param session the session: where it comes from, over what, to which virtual host
 */
public record AuthenticationRequest(String user, Credentials credentials, SessionInfo session) {
    /** Checks the components. */
    public AuthenticationRequest {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(session, "session");
    }

    /** Tells nothing secret. */
    @Override
    public String toString() {
        return "AuthenticationRequest[" + credentials.getClass().getSimpleName() + " from " + session.remoteAddress()
                + "]";
    }
}
