package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.server.internal.engine.Footprint;
import io.portolan.sftp.server.internal.engine.OpenHandle;
import io.portolan.sftp.server.internal.engine.Operation;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Reply;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.DirectoryHandle;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * CLOSE (draft-ietf-secsh-filexfer-02 section 6.3). Publishes an upload: its status says whether that went well. What was only read is answered at once, as nothing can
 * go wrong that the peer would care for. The handle is gone in any case.
 */
final class CloseRequest implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        OpenHandle handle = channel.handles().read(request.reader(), OpenHandle.class);
        channel.handles().closing(handle);
        if (handle instanceof FileHandle file) {
            file.dropAhead();
        } else if (handle instanceof DirectoryHandle directory) {
            ReaddirRequest.dropAhead(channel, directory);
        }
        boolean writes = handle instanceof FileHandle file && (file.isWritable() || file.isDeletedWhenClosed());
        Operation operation = new Close(request, channel, handle);
        Footprint footprint = Footprint.on(true, handle);
        return writes
                ? new Plan.Work(operation, footprint)
                : new Plan.AnswerThenWork(channel.ok(request), operation, footprint);
    }

    private static final class Close extends Operation {
        private final Request request;
        private final SftpChannel channel;
        private final OpenHandle handle;
        private @Nullable IOException failure;

        Close(Request request, SftpChannel channel, OpenHandle handle) {
            this.request = request;
            this.channel = channel;
            this.handle = handle;
        }

        @Override
        public void work() throws IOException {
            channel.openPaths().closed(handle);
            try {
                if (handle instanceof FileHandle file) {
                    file.finish();
                } else if (handle instanceof DirectoryHandle directory) {
                    directory.finish();
                }
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public Reply reply() {
            channel.handles().remove(handle);
            if (handle instanceof FileHandle file) {
                tell(file);
            }
            return channel.ok(request);
        }

        private void tell(FileHandle file) {
            file.deletedAt().ifPresent(channel.services().events()::deleted);
            if (file.isWritable() && !file.isCommitted()) {
                file.transfer().aborted(new IOException("the file was removed or replaced"));
                return;
            }
            file.transfer().closed();
            file.publishedAt().ifPresent(from -> channel.services().events().renamed(from, file.path()));
        }

        @Override
        public void abandon() {
            channel.handles().remove(handle);
            channel.giveBack(handle.queue(), () -> {
                // it may never have run
                channel.openPaths().closed(handle);
                handle.abort();
                return null;
            });
            if (handle instanceof FileHandle file) {
                IOException cause = failure;
                if (file.isCommitted()) {
                    file.transfer().closed();
                } else {
                    file.transfer().aborted(cause == null ? new IOException("the channel was closed") : cause);
                }
            }
        }
    }
}
