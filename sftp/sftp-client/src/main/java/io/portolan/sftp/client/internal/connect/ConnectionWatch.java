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

    /**
     * Keys have been exchanged once more, with the same host.
     *
     * @param agreed the algorithms from now on
     * @param verified how often the host was found to be the one that is meant, on this connection
     */
    default void renewed(Negotiation agreed, int verified) {}

    /** The login has come to an end, good or bad. */
    default void loginEnded(LoginHistory history) {}
}
