package io.portolan.sftp.server.internal.request;

import io.netty.buffer.ByteBuf;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Footprint;
import io.portolan.sftp.server.internal.engine.Operation;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Reply;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** WRITE (draft-ietf-secsh-filexfer-02 section 6.4). Its STATUS is sent when the file system has taken the content, which is not copied on the way there. */
final class WriteRequest implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        // read by hand, as the content is not to be copied
        ByteBuf packet = request.packet();
        long handle = readHandle(packet);
        require(packet, Long.BYTES + Integer.BYTES);
        long offset = packet.readLong();
        long length = packet.readUnsignedInt();
        if (length > packet.readableBytes()) {
            throw SshProtocolException.malformed(
                    "content of " + length + " octets where " + packet.readableBytes() + " are left");
        }
        FileHandle file = channel.handles().get(handle, FileHandle.class);
        if (!file.isWritable()) {
            throw new RequestFailure(SftpStatus.PERMISSION_DENIED, "The file is not open for writing");
        }
        if (offset < 0 || offset > Long.MAX_VALUE - length) {
            throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "No file is that long");
        }
        ByteBuffer content = packet.nioBuffer(packet.readerIndex(), (int) length);
        return new Plan.Work(new Write(request, channel, file, offset, content), Footprint.on(true, file));
    }

    private static long readHandle(ByteBuf packet) throws SshProtocolException, RequestFailure {
        require(packet, Integer.BYTES);
        long octets = packet.readUnsignedInt();
        require(packet, octets);
        if (octets != Integer.BYTES) {
            throw RequestFailure.noSuchHandle();
        }
        return packet.readUnsignedInt();
    }

    private static void require(ByteBuf packet, long octets) throws SshProtocolException {
        if (packet.readableBytes() < octets) {
            throw SshProtocolException.malformed(
                    octets + " octets expected where " + packet.readableBytes() + " are left");
        }
    }

    private static final class Write extends Operation {
        private final Request request;
        private final SftpChannel channel;
        private final FileHandle file;
        private final long offset;
        private final ByteBuffer content;
        private final int length;

        Write(Request request, SftpChannel channel, FileHandle file, long offset, ByteBuffer content) {
            this.request = request;
            this.channel = channel;
            this.file = file;
            this.offset = offset;
            this.content = content;
            this.length = content.remaining();
        }

        @Override
        public void work() throws IOException {
            file.write(content, offset);
        }

        @Override
        public void abandon() {
            // it may never have run, if the workers are too busy
            file.incomplete();
        }

        @Override
        public Reply reply() {
            file.transfer().moved(offset, length);
            channel.moved(length);
            return channel.ok(request);
        }
    }
}
