package io.portolan.sftp.client.internal.connect;

import io.portolan.sftp.client.internal.auth.LoginHistory;
import io.portolan.ssh.internal.kex.Negotiation;

/** Hears how a connection comes about; of those on the way to it as well. On the event loop. */
public interface ConnectionWatch {

    /** Nobody listens. */
    ConnectionWatch NONE = new ConnectionWatch() {};

    /**
     * Keys are exchanged, and the host is the one that is meant.
     *
     * @param agreed the algorithms
     * @param host its key and why it is trusted, for people
     */
    default void verified(Negotiation agreed, String host) {}

    /** Keys have been exchanged once more, with the same host. */
    default void renewed(Negotiation agreed) {}

    /** The login has come to an end, good or bad. */
    default void loginEnded(LoginHistory history) {}
}
