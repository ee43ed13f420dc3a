package io.portolan.sftp.server.internal.engine;

import io.netty.buffer.ByteBuf;
import io.portolan.ssh.internal.wire.SshWriter;

/** The answer to a request. */
public sealed interface Reply {

    /**
     * A packet from its message number on; the length is put before it when it is sent.
     *
     * @param packet what was written
     */
    record Packet(SshWriter packet) implements Reply {}

    /**
     * A packet with its length, ready to be sent.
     *
     * @param octets the packet, which belongs to whoever has this
     */
    record Framed(ByteBuf octets) implements Reply {}
}
