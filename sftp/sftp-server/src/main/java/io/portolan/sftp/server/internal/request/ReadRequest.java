package io.portolan.sftp.server.internal.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.portolan.sftp.internal.SftpMessageNumber;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Footprint;
import io.portolan.sftp.server.internal.engine.Operation;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Reply;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.engine.SftpLimits;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * READ (draft-ietf-secsh-filexfer-02 section 6.4). Gives fewer octets than asked for only at the end of the file, or if more than {@link SftpLimits#MAX_DATA} are
 * asked for. Nothing asked for is nothing given, not the end.
 */
final class ReadRequest implements RequestHandler {

    /** Length, message number, id, length of the data. */
    static final int HEADER = 4 + 1 + 4 + 4;

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        SshReader reader = request.reader();
        FileHandle file = channel.handles().read(reader, FileHandle.class);
        long offset = reader.readUint64();
        int length = (int) Math.min(reader.readUint32(), SftpLimits.MAX_DATA);
        if (!file.isReadable()) {
            throw new RequestFailure(SftpStatus.PERMISSION_DENIED, "The file is not open for reading");
        }
        if (file.ahead() instanceof HeadStart start) {
            Reply known = start.answer(request, file, offset, length);
            if (known != null) {
                return new Plan.Answer(known);
            }
            file.dropAhead();
        }
        return new Plan.Work(new Read(request, channel, file, offset, length), Footprint.on(false, file));
    }

    /**
     * Makes DATA of a buffer whose content stands behind the room for the {@link #HEADER}.
     *
     * @param count how many octets there are
     * @param length how many were asked for
     */
    static Reply data(
            Request request, SftpChannel channel, FileHandle file, ByteBuf buffer, long offset, int count, int length) {
        if (count < length) {
            file.transfer().endReached();
        }
        file.transfer().moved(offset, count);
        channel.moved(count);
        buffer.writeInt(HEADER - Integer.BYTES + count)
                .writeByte(SftpMessageNumber.DATA.number())
                .writeInt(request.id())
                .writeInt(count)
                .writerIndex(HEADER + count);
        return new Reply.Framed(buffer);
    }

    private static final class Read extends Operation {
        private final Request request;
        private final SftpChannel channel;
        private final FileHandle file;
        private final long offset;
        private final int length;
        private @Nullable ByteBuf packet;
        private @Nullable ByteBuffer content;

        Read(Request request, SftpChannel channel, FileHandle file, long offset, int length) {
            this.request = request;
            this.channel = channel;
            this.file = file;
            this.offset = offset;
            this.length = length;
        }

        @Override
        public int contentOctets() {
            return HEADER + length;
        }

        /** Outside the heap: files are read there without a further copy, and the encryption copies from anywhere. */
        @Override
        public void prepare(ByteBufAllocator allocator) {
            ByteBuf buffer = allocator.directBuffer(HEADER + length, HEADER + length);
            packet = buffer;
            content = buffer.nioBuffer(HEADER, length);
        }

        @Override
        public void work() throws IOException {
            // no file reaches that far, and some systems take it for a mistake to ask
            if (offset >= 0 && offset <= Long.MAX_VALUE - length) {
                file.read(Objects.requireNonNull(content), offset);
            }
        }

        @Override
        public Reply reply() {
            ByteBuf buffer = Objects.requireNonNull(packet);
            packet = null;
            int count = Objects.requireNonNull(content).position();
            if (count == 0 && length > 0) {
                buffer.release();
                file.transfer().endReached();
                return channel.status(request, SftpStatus.EOF, "End of file");
            }
            return data(request, channel, file, buffer, offset, count, length);
        }

        @Override
        public void abandon() {
            if (packet != null) {
                packet.release();
                packet = null;
            }
        }
    }
}
