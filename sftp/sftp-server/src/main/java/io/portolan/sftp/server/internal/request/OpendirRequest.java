package io.portolan.sftp.server.internal.request;

import io.portolan.fs.VirtualPath;
import io.portolan.sftp.server.internal.engine.Footprint;
import io.portolan.sftp.server.internal.engine.Operation;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Reply;
import io.portolan.sftp.server.internal.engine.Request;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.RequestHandler;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.engine.WorkQueue;
import io.portolan.sftp.server.internal.handle.DirectoryHandle;
import io.portolan.ssh.internal.wire.SshProtocolException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** OPENDIR (draft-ietf-secsh-filexfer-02 section 6.7). */
final class OpendirRequest implements RequestHandler {

    @Override
    public Plan plan(Request request, SftpChannel channel) throws SshProtocolException, RequestFailure {
        VirtualPath path = channel.readPath(request);
        channel.handles().reserve();
        return new Plan.Work(new Opendir(request, channel, path), new Footprint(channel.paths(), List.of(path), false));
    }

    private static final class Opendir extends Operation {
        private final Request request;
        private final SftpChannel channel;
        private final VirtualPath path;
        private final WorkQueue queue;
        private @Nullable DirectoryHandle opened;

        Opendir(Request request, SftpChannel channel, VirtualPath path) {
            this.request = request;
            this.channel = channel;
            this.path = path;
            this.queue = channel.newQueue();
        }

        @Override
        public void work() throws IOException {
            DirectoryHandle handle = DirectoryHandle.open(
                    queue, channel.services().files(), path, channel.version().number(), channel.principals()::see);
            channel.openPaths().opened(handle);
            opened = handle;
        }

        @Override
        public Reply reply() {
            DirectoryHandle handle = Objects.requireNonNull(opened);
            channel.handles().add(handle);
            return channel.handle(request, handle);
        }

        @Override
        public void abandon() {
            channel.handles().cancel();
            DirectoryHandle handle = opened;
            if (handle != null) {
                channel.giveBack(queue, () -> {
                    channel.openPaths().closed(handle);
                    handle.finish();
                    return null;
                });
            }
        }
    }
}
