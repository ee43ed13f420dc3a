package io.portolan.sftp.server.internal.request;

import io.portolan.fs.VirtualPath;
import io.portolan.sftp.server.internal.engine.Footprint;
import io.portolan.sftp.server.internal.engine.OpenHandle;
import io.portolan.sftp.server.internal.engine.Operation;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Reply;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Plans for work whose answer is made where it is done. */
final class PathWork {

    private PathWork() {}

    /** Looks at something. */
    static Plan look(SftpChannel channel, VirtualPath path, Callable<Reply> work) {
        return new Plan.Work(new Simple(work), new Footprint(channel.paths(), List.of(path), false));
    }

    /** Changes something. */
    static Plan change(SftpChannel channel, List<VirtualPath> paths, Callable<Reply> work) {
        return new Plan.Work(new Simple(work), new Footprint(channel.paths(), paths, true));
    }

    /** Does something with what is open. */
    static Plan with(OpenHandle handle, boolean changes, Callable<Reply> work) {
        return new Plan.Work(new Simple(work), new Footprint(handle.queue(), List.of(handle.path()), changes));
    }

    private static final class Simple extends Operation {
        private final Callable<Reply> work;
        private @Nullable Reply reply;

        Simple(Callable<Reply> work) {
            this.work = work;
        }

        @Override
        public void work() throws Exception {
            reply = work.call();
        }

        @Override
        public Reply reply() {
            return Objects.requireNonNull(reply);
        }
    }
}
