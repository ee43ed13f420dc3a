package io.portolan.ssh.internal.connection;

import io.netty.buffer.ByteBuf;

/** What runs in a channel. Called on the connection's event loop. */
public interface SshChannelListener {

    /** Octets have come. Takes over the buffer, and owes {@link SshChannel#consumed} for each octet. */
    void received(ByteBuf data);

    /** The peer sends no more octets (RFC 4254 section 5.3). */
    void eof();

    /**
     * The peer's program has ended (RFC 4254 section 6.10); for a client.
     *
     * @param status its exit code, unsigned
     */
    default void exited(int status) {}

    /** {@link SshChannel#isWritable} has become true. */
    void writable();

    /** The channel is gone, in order or not: the last call. Nothing that is written from now on arrives. */
    void closed();
}
