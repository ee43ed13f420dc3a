package io.portolan.sftp.client.internal.protocol;

import io.netty.buffer.ByteBuf;
import io.portolan.sftp.client.SftpException;

/** Whoever reads hears of it in one of these ways, once. On the event loop. */
public interface ContentReply {

    /**
     * Octets have come.
     *
     * @param data from 1 to as many octets as were asked for; belongs to this
     */
    void data(ByteBuf data);

    /** There is nothing at that place: the file ends before it. */
    void end();

    /** It cannot be read. */
    void failed(SftpException cause);
}
