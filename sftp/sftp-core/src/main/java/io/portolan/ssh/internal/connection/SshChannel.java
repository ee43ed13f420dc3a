package io.portolan.ssh.internal.connection;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;

/** One channel of a connection (RFC 4254 section 5), as that which runs in it sees it. On the event loop only. */
public interface SshChannel {

    /** The connection's event loop. */
    EventExecutor eventLoop();

    /**
     * Sends octets, as soon as the peer's window and the socket take them; until then they are kept. Takes over the buffer.
     *
     * @param data octets of any number; they need not stay within the peer's packet size
     */
    void write(ByteBuf data);

    /** Octets that were written and could not be sent yet. */
    long pending();

    /** Whether more should be written: false while there is more pending than is good, or the socket takes no more. {@link SshChannelListener#writable} tells when that has changed. */
    boolean isWritable();

    /**
     * Gives the peer credit for octets that it has sent and that have been dealt with. Until then they are memory.
     *
     * @param octets how many more, of those received
     */
    void consumed(int octets);

    /**
     * Ends the channel from our side in order: behind what was written come EOF, the exit status, and CLOSE.
     *
     * @param exitStatus what a program's exit code would be; 0 for all is well; of no meaning for a client
     */
    void finish(int exitStatus);
}
