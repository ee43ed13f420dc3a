package io.portolan.sftp.server.internal.request;

import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.Footprint;
import io.portolan.sftp.server.internal.engine.Operation;
import io.portolan.sftp.server.internal.engine.Plan;
import io.portolan.sftp.server.internal.engine.Reply;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.SftpChannel;
import io.portolan.sftp.server.internal.handle.GoingOn;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Work that one small request can make last long, such as a checksum or a copy. Few of them run for a channel at a time, and they end soon after the channel has gone. A
 * CLOSE that follows waits for them, as for all that was asked of the handle before.
 */
final class LongWork extends Operation {

    /** What is done. */
    @FunctionalInterface
    interface Task {
        Reply run(GoingOn going) throws Exception;
    }

    private final SftpChannel channel;
    private final Task task;
    private final Runnable whenAbandoned;
    private @Nullable Reply reply;

    private LongWork(SftpChannel channel, Task task, Runnable whenAbandoned) {
        this.channel = channel;
        this.task = task;
        this.whenAbandoned = whenAbandoned;
    }

    /**
     * Plans it.
     *
     * @throws RequestFailure if there is too much of it
     */
    static Plan plan(SftpChannel channel, Footprint footprint, Task task) throws RequestFailure {
        return plan(channel, footprint, task, () -> {});
    }

    /**
     * Plans it.
     *
     * @param whenAbandoned called on the event loop if it fails or never runs
     * @throws RequestFailure if there is too much of it
     */
    static Plan plan(SftpChannel channel, Footprint footprint, Task task, Runnable whenAbandoned)
            throws RequestFailure {
        channel.reserveLongWork();
        return new Plan.Work(new LongWork(channel, task, whenAbandoned), footprint);
    }

    @Override
    public void work() throws Exception {
        reply = task.run(this::checkGoingOn);
    }

    private void checkGoingOn() throws RequestFailure {
        if (channel.isGone()) {
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
        whenAbandoned.run();
        channel.endLongWork();
    }
}
