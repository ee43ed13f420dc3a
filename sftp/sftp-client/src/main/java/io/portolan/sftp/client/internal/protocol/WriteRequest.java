package io.portolan.sftp.client.internal.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.ssh.internal.wire.SshProtocolException;
import org.jspecify.annotations.Nullable;

/** WRITE (draft-ietf-secsh-filexfer-13 section 8.2.2). */
public final class WriteRequest extends SftpRequest {

    /** Length, number, id, handle, offset, length. */
    private static final int FIELDS = Integer.BYTES + 1 + Integer.BYTES + Integer.BYTES + Long.BYTES + Integer.BYTES;

    /** Where the octets begin in a {@linkplain #buffer buffer}: behind the fields, with the longest handle. */
    public static final int ROOM = FIELDS + RemoteHandle.MAX_OCTETS;

    private final String what;
    private final Outcome outcome;

    /** Hears of the answer, once. On the event loop. */
    @FunctionalInterface
    public interface Outcome {

        /** The octets are written, or are not. */
        void written(@Nullable SftpException failure);
    }

    WriteRequest(String what, Outcome outcome) {
        this.what = what;
        this.outcome = outcome;
    }

    /**
     * A buffer for so many octets, which go behind its first {@link #ROOM}. Outside of the heap, where files are read without a further copy.
     */
    public static ByteBuf buffer(ByteBufAllocator allocator, int octets) {
        return allocator.directBuffer(ROOM + octets, ROOM + octets);
    }

    /** Puts the fields before the octets. */
    static ByteBuf packet(int id, RemoteHandle handle, long offset, ByteBuf buffer, int octets) {
        int start = ROOM - FIELDS - handle.length();
        buffer.setIndex(0, start);
        buffer.writeInt(FIELDS - Integer.BYTES + handle.length() + octets)
                .writeByte(SftpMessageNumber.WRITE.number())
                .writeInt(id)
                .writeInt(handle.length())
                .writeBytes(handle.octets())
                .writeLong(offset)
                .writeInt(octets);
        return buffer.setIndex(start, ROOM + octets);
    }

    @Override
    protected void replied(SftpMessageNumber message, ByteBuf fields) throws SshProtocolException {
        if (message != SftpMessageNumber.STATUS) {
            throw SshProtocolException.malformed(message + " in answer to WRITE");
        }
        StatusReply status = StatusReply.read(fields);
        outcome.written(status.is(SftpStatus.OK) ? null : status.failure(what));
    }

    @Override
    protected void failed(SftpException cause) {
        outcome.written(cause);
    }
}
