package io.portolan.sftp.auth;

import java.util.Set;

/** Whom certificates have to be for to let a user in. Called on worker threads, so it may block. */
@FunctionalInterface
public interface UserPrincipals {

    /**
     * The names that will do.
     *
     * @param user the name, as the peer sent it
     * @return the names, one of which has to stand in the certificate; none for a user who is not let in by certificates
     * @throws Exception if they cannot be had: a rejection, and a warning in the log
     */
    Set<String> of(String user) throws Exception;
}
