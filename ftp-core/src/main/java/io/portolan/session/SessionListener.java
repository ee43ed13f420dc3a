package io.portolan.session;

import io.portolan.fs.VirtualPath;

/**
 * Is told what sessions do. Each method does nothing unless overridden.
 *
 * <p>Called on worker threads, for one session in order and one call at a time, for several sessions at once. A listener that throws is
 * logged and changes nothing. A listener that is slow delays its own session, no other.
 */
public interface SessionListener {

    /**
     * A peer has connected.
     *
     * @param session the session
     */
    default void connected(SessionInfo session) {}

    /**
     * A user has logged in.
     *
     * @param session the session, which knows the user
     */
    default void loggedIn(SessionInfo session) {}

    /**
     * A login was refused.
     *
     * @param session the session
     * @param user the name that was tried; whatever the peer sent, without control characters
     * @param reason why, as the authenticator says
     */
    default void loginFailed(SessionInfo session, String user, String reason) {}

    /**
     * A transfer begins: the file is open.
     *
     * @param session the session
     * @param transfer the transfer
     */
    default void transferStarted(SessionInfo session, TransferInfo transfer) {}

    /**
     * A transfer goes on; told of each transfer in an interval that is a setting of the server, whether bytes have moved or not.
     *
     * @param session the session
     * @param transfer the transfer as it stands
     */
    default void transferProgressed(SessionInfo session, TransferInfo transfer) {}

    /**
     * A transfer is whole: an upload has been published, the peer has taken all of a download.
     *
     * @param session the session
     * @param transfer the transfer
     */
    default void transferCompleted(SessionInfo session, TransferInfo transfer) {}

    /**
     * A transfer has ended before it was whole. An upload's path shows what it showed before, with two exceptions: what was appended to a file that was there may stay,
     * and an upload whose publishing took longer than the time-out for it may still appear.
     *
     * @param session the session
     * @param transfer the transfer
     * @param cause what ended it
     */
    default void transferAborted(SessionInfo session, TransferInfo transfer, Throwable cause) {}

    /**
     * A file or an empty directory was deleted.
     *
     * @param session the session
     * @param path what was deleted
     */
    default void deleted(SessionInfo session, VirtualPath path) {}

    /**
     * A file or a directory was renamed.
     *
     * @param session the session
     * @param from its old path
     * @param to its new path
     */
    default void renamed(SessionInfo session, VirtualPath from, VirtualPath to) {}

    /**
     * A directory was made.
     *
     * @param session the session
     * @param path the directory
     */
    default void directoryCreated(SessionInfo session, VirtualPath path) {}

    /**
     * A session is over.
     *
     * @param session the session
     * @param reason why, in a few words for people
     */
    default void disconnected(SessionInfo session, String reason) {}
}
