package io.portolan.sftp.client.internal.protocol;

import io.netty.buffer.ByteBuf;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.ssh.internal.wire.SshProtocolException;

/** A request that is on its way, until its one reply comes. On the event loop only. */
public abstract class SftpRequest {

    /** How much longer than others a request may take for which the server has to read or write whole files. */
    static final int LONG = 10;

    private final boolean isLong;
    private long sentAt;

    /** Makes a request that is answered soon. */
    protected SftpRequest() {
        this(false);
    }

    SftpRequest(boolean isLong) {
        this.isLong = isLong;
    }

    boolean isLong() {
        return isLong;
    }

    void sent(long now) {
        sentAt = now;
    }

    /** When it was sent, by {@link System#nanoTime}. */
    protected final long sentAt() {
        return sentAt;
    }

    /**
     * The reply.
     *
     * @param message which one
     * @param fields what stands behind its id; who keeps it retains it
     * @throws SshProtocolException if it is no reply to this request, or malformed: the session ends
     */
    protected abstract void replied(SftpMessageNumber message, ByteBuf fields) throws SshProtocolException;

    /** There will be no reply. */
    protected abstract void failed(SftpException cause);
}
