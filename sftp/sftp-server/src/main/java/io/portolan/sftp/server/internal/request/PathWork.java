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

    /** Renames something. */
    static Plan move(SftpChannel channel, VirtualPath from, VirtualPath to, Callable<Reply> work) {
        return new Plan.Work(new Simple(work), Footprint.move(channel.paths(), from, to));
    }

    /** Does something with what is open. */
    static Plan with(OpenHandle handle, boolean changes, Callable<Reply> work) {
        return with(handle, changes, work, () -> {});
    }

    /**
     * The same.
     *
     * @param unless runs on the event loop if the work was never begun, as the workers are too busy or the channel has gone
     */
    static Plan with(OpenHandle handle, boolean changes, Callable<Reply> work, Runnable unless) {
        return new Plan.Work(new Simple(work, unless), Footprint.on(changes, handle));
    }

    private static final class Simple extends Operation {
        private final Callable<Reply> work;
        private final Runnable unless;
        private boolean begun;
        private @Nullable Reply reply;

        Simple(Callable<Reply> work) {
            this(work, () -> {});
        }

        Simple(Callable<Reply> work, Runnable unless) {
            this.work = work;
            this.unless = unless;
        }

        @Override
        public void work() throws Exception {
            begun = true;
            reply = work.call();
        }

        @Override
        public void abandon() {
            if (!begun) {
                unless.run();
            }
        }

        @Override
        public Reply reply() {
            return Objects.requireNonNull(reply);
        }
    }
}
