package io.portolan.ssh.internal.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.AbstractEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * The event loop of one connection for whoever waits on it for workers and timers. What a task throws goes to the pipeline of the connection, and so ends it at once with a line in the
 * log. Netty's own loop only logs what a task throws, and keeps what a timer throws in a future that nobody looks at: a session of which a completion is lost would stand
 * still until some time-out finds it. Has no state: any number of them are the same.
 */
public final class ConnectionLoop extends AbstractEventExecutor {

    private final Channel channel;
    private final EventLoop loop;

    /** That of a channel which is registered. */
    public ConnectionLoop(Channel channel) {
        this.channel = channel;
        this.loop = channel.eventLoop();
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable e) {
                channel.pipeline().fireExceptionCaught(e);
            }
        };
    }

    @Override
    public boolean inEventLoop(Thread thread) {
        return loop.inEventLoop(thread);
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(guarded(task));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return loop.schedule(guarded(task), delay, unit);
    }

    /** Its caller has the future, and hears of what it throws there. */
    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return loop.schedule(task, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
        return loop.scheduleAtFixedRate(guarded(task), delay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long delay, long pause, TimeUnit unit) {
        return loop.scheduleWithFixedDelay(guarded(task), delay, pause, unit);
    }

    // its life is the event loop's, which belongs to others

    @Override
    public boolean isShuttingDown() {
        return loop.isShuttingDown();
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("the event loop is shared");
    }

    @Override
    @Deprecated
    public void shutdown() {
        throw new UnsupportedOperationException("the event loop is shared");
    }

    @Override
    public Future<?> terminationFuture() {
        return loop.terminationFuture();
    }

    @Override
    public boolean isShutdown() {
        return loop.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return loop.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return loop.awaitTermination(timeout, unit);
    }
}
