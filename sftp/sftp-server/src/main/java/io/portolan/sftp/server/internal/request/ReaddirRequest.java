package io.portolan.sftp.server.internal.request;

import io.netty.buffer.ByteBuf;
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
import io.portolan.sftp.server.internal.handle.DirectoryHandle;
import io.portolan.ssh.internal.wire.SshProtocolException;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.IOException;

/** READDIR (draft-ietf-secsh-filexfer-02 section 6.7): as many entries as a packet holds that every client takes. */
final class ReaddirRequest implements RequestHandler {

    /** The draft asks all to take packets of 34000 octets (section 3): so much may be written, before the last entry. */
    private static final int MAX_OCTETS = 32 * 1024;

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        DirectoryHandle directory = channel.handles().read(request.reader(), DirectoryHandle.class);
        return new Plan.Work(new Readdir(request, channel, directory), Footprint.on(false, directory));
    }

    private static final class Readdir extends Operation {
        private final Request request;
        private final SftpChannel channel;
        private final DirectoryHandle directory;
        private final SshWriter entries = new SshWriter(MAX_OCTETS + 4096);
        private int count;

        Readdir(Request request, SftpChannel channel, DirectoryHandle directory) {
            this.request = request;
            this.channel = channel;
            this.directory = directory;
        }

        @Override
        public int contentOctets() {
            return MAX_OCTETS;
        }

        @Override
        public void work() throws IOException {
            count = directory.next(entries, MAX_OCTETS);
            if (channel.version().number() >= 6) {
                // whether the list ends here (draft-ietf-secsh-filexfer-13 section 9.4)
                entries.writeBoolean(directory.isAtEnd());
            }
        }

        @Override
        public Reply reply() {
            if (count == 0) {
                return channel.status(request, SftpStatus.EOF, "No more entries");
            }
            int octets = 1 + Integer.BYTES + Integer.BYTES + entries.size();
            ByteBuf packet = channel.allocator().heapBuffer(Integer.BYTES + octets);
            packet.writeInt(octets)
                    .writeByte(SftpMessageNumber.NAME.number())
                    .writeInt(request.id())
                    .writeInt(count);
            entries.writeTo(packet);
            return new Reply.Framed(packet);
        }
    }
}
