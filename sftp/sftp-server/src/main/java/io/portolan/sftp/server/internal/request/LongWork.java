package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Footprint;
import io.portolan.sftp.server.internal.engine.OpenHandle;
import io.portolan.sftp.server.internal.engine.Operation;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Reply;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.GoingOn;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Work that one small request can make last long, such as a checksum or a copy. Few of them run for a channel at a time, and they end soon after the channel has gone or a
 * handle that they use is being closed.
 */
final class LongWork extends Operation {

    /** What is done. */
    @FunctionalInterface
    interface Task {
        Reply run(GoingOn going) throws Exception;
    }

    private final SftpChannel channel;
    private final List<? extends OpenHandle> handles;
    private final Task task;
    private @Nullable Reply reply;

    private LongWork(SftpChannel channel, List<? extends OpenHandle> handles, Task task) {
        this.channel = channel;
        this.handles = handles;
        this.task = task;
    }

    /**
     * Plans it.
     *
     * @param handles what it uses
     * @throws RequestFailure if there is too much of it
     */
    static Plan plan(SftpChannel channel, List<? extends OpenHandle> handles, Footprint footprint, Task task)
            throws RequestFailure {
        channel.reserveLongWork();
        return new Plan.Work(new LongWork(channel, handles, task), footprint);
    }

    @Override
    public void work() throws Exception {
        reply = task.run(this::checkGoingOn);
    }

    private void checkGoingOn() throws RequestFailure {
        if (channel.isGone() || handles.stream().anyMatch(OpenHandle::isClosing)) {
            throw new RequestFailure(SftpStatus.FAILURE, "Nobody waits for it any more");
        }
    }

    @Override
    public Reply reply() {
        channel.endLongWork();
        return Objects.requireNonNull(reply);
    }

    @Override
    public void abandon() {
        channel.endLongWork();
    }
}
