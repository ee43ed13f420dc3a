package io.portolan.sftp.auth;

import java.util.Optional;

/** Where the keys of users come from: a table, a directory service. Called on worker threads, for each key that a client shows, so it may block and should be quick. */
@FunctionalInterface
public interface KeyLines {

    /**
     * The keys of a user.
     *
     * @param user the name, as the peer sent it: any text. Where it becomes part of a path or of a query it has to be checked first
     * @return lines in the format of {@code authorized_keys}, or empty for none
     * @throws Exception if they cannot be had: a rejection, and a warning in the log
     */
    Optional<String> of(String user) throws Exception;
}
