package io.portolan.sftp.server.internal.engine;

import io.portolan.ssh.internal.connection.SshChannelListener;

/** What a session runs in a channel, as the session sees it. On the event loop only. */
public interface ServedProgram extends SshChannelListener {

    /** Whether a request is being worked on. */
    boolean isWorking();

    /** Whether a file is open, or a request not answered. */
    boolean isTransferring();

    /**
     * Is told when the channel has gone and has nothing open any more; at once, if that is so.
     *
     * @param told called on the event loop
     */
    void whenReleased(Runnable told);

    /** The server stops: what is open may be brought to its end, nothing else is begun. */
    default void takeNoMore() {}
}
