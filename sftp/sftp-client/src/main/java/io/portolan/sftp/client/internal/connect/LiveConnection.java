package io.portolan.sftp.client.internal.connect;

import io.netty.channel.Channel;
import io.portolan.core.internal.concurrent.WorkerLane;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** What a client has to end with itself: a connection, whatever has become of it, and what workers do for it. */
final class LiveConnection {

    private final Channel channel;
    private final WorkerLane lane;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private LiveConnection(Channel channel, WorkerLane lane) {
        this.channel = channel;
        this.lane = lane;
    }

    /** On the channel's event loop. */
    static LiveConnection of(Channel channel, WorkerLane lane) {
        LiveConnection made = new LiveConnection(channel, lane);
        channel.closeFuture().addListener(closed -> lane.close(made::lastTaskDone));
        return made;
    }

    WorkerLane lane() {
        return lane;
    }

    /** The event loop has then been told of all that workers have done, and has let go of its buffers. */
    private void lastTaskDone() {
        try {
            channel.eventLoop().execute(() -> ended.complete(null));
        } catch (RejectedExecutionException e) {
            ended.complete(null);
        }
    }

    CompletableFuture<Void> ended() {
        return ended;
    }

    /** From any thread. */
    void end(String why) {
        try {
            channel.eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(new CloseRequested(why)));
        } catch (RejectedExecutionException e) {
            ended.complete(null);
        }
    }
}
