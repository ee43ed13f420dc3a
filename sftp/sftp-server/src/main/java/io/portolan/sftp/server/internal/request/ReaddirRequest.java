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
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * READDIR (draft-ietf-secsh-filexfer-02 section 6.7): as many entries as a packet holds that every client takes. While the client looks at them, the next are read:
 * clients ask for one packet at a time. Of these, what the client has removed before it asks for them is left out; what others remove may be listed still,
 * and so may what a store lists as it was when the directory was opened.
 */
final class ReaddirRequest implements RequestHandler {

    /** The draft asks all to take packets of 34000 octets (section 3): so much may be written, before the last entry. */
    private static final int MAX_OCTETS = 32 * 1024;

    /** For how many of a channel's files and directories something is read ahead, so that those that are opened and left cost little. */
    private static final int MAX_AHEAD = HeadStart.MAX_KEPT;

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        DirectoryHandle directory = channel.handles().read(request.reader(), DirectoryHandle.class);
        dropAhead(channel, directory);
        boolean outdated = directory.isOutdated(channel.changes());
        return new Plan.Work(new Readdir(request, channel, directory, outdated), Footprint.on(false, directory));
    }

    private static void readAhead(SftpChannel channel, DirectoryHandle directory) {
        if (!directory.isClosing() && !directory.isAhead() && channel.keepAhead(MAX_AHEAD)) {
            directory.setAhead(true);
            channel.workAhead(directory.queue(), () -> {
                if (!channel.isGone()) {
                    directory.readAhead(MAX_OCTETS);
                }
            });
        }
    }

    /** Its place is another's now: what was read is asked for, or not wanted any more. */
    static void dropAhead(SftpChannel channel, DirectoryHandle directory) {
        if (directory.isAhead()) {
            directory.setAhead(false);
            channel.releaseAhead();
        }
    }

    private static final class Readdir extends Operation {
        private final Request request;
        private final SftpChannel channel;
        private final DirectoryHandle directory;
        private final boolean outdated;
        private DirectoryHandle.@Nullable Portion portion;

        Readdir(Request request, SftpChannel channel, DirectoryHandle directory, boolean outdated) {
            this.request = request;
            this.channel = channel;
            this.directory = directory;
            this.outdated = outdated;
        }

        @Override
        public int contentOctets() {
            return MAX_OCTETS;
        }

        @Override
        public void work() throws IOException {
            if (outdated) {
                directory.leaveOutGone();
            }
            DirectoryHandle.Portion next = directory.next(MAX_OCTETS);
            if (channel.version().number() >= 6) {
                // whether the list ends here (draft-ietf-secsh-filexfer-13 section 9.4)
                next.entries().writeBoolean(directory.isAtEnd());
            }
            portion = next;
        }

        @Override
        public Reply reply() {
            DirectoryHandle.Portion read = Objects.requireNonNull(portion);
            if (read.count() == 0) {
                return channel.status(request, SftpStatus.EOF, "No more entries");
            }
            readAhead(channel, directory);
            int octets = 1 + Integer.BYTES + Integer.BYTES + read.entries().size();
            ByteBuf packet = channel.allocator().heapBuffer(Integer.BYTES + octets);
            packet.writeInt(octets)
                    .writeByte(SftpMessageNumber.NAME.number())
                    .writeInt(request.id())
                    .writeInt(read.count());
            read.entries().writeTo(packet);
            return new Reply.Framed(packet);
        }
    }
}
