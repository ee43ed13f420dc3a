package io.portolan.core.internal.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.AbstractEventExecutorGroup;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Event loops taken in turn. Netty's own group listens for the end of its loops on Netty's global executor, whose thread then lingers for a second and would
 * have to be waited for each time an endpoint stops; this one knows by its threads when they are gone.
 */
final class LoopGroup extends AbstractEventExecutorGroup implements IoEventLoopGroup {

    private final OwnThreads threads;
    private final List<IoEventLoop> loops;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger running;
    private final Promise<Void> terminated = new Terminated();

    private LoopGroup(int size, IoHandlerFactory handlers, String prefix) {
        running = new AtomicInteger(size);
        threads = new OwnThreads(prefix, (task, name) -> new FastThreadLocalThread(null, () -> runLoop(task), name));
        List<IoEventLoop> made = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            made.add(new Loop(this, threads, handlers));
        }
        loops = List.copyOf(made);
    }

    /**
     * Closes its connections before it ends, whenever it hears that it has to. Netty's own (4.2.18) looks for that before a round of tasks and once more behind it, and closes them only behind the first look: one that hears of
     * its end in between, as a busy one does, ends with all of them open. Their descriptors, and what their handlers hold, such as the native engines of TLS, would never be let go.
     */
    private static final class Loop extends SingleThreadIoEventLoop {
        Loop(IoEventLoopGroup group, ThreadFactory threads, IoHandlerFactory handlers) {
            super(group, threads, handlers);
        }

        @Override
        protected boolean confirmShutdown() {
            if (!isShuttingDown()) {
                return false;
            }
            ioHandler().prepareToDestroy();
            return super.confirmShutdown();
        }
    }

    /** Its listeners run on the loop that ends last. That executor takes every thread for its own, so that waiting would always look like a deadlock. */
    private static final class Terminated extends DefaultPromise<Void> {
        Terminated() {
            super(ImmediateEventExecutor.INSTANCE);
        }

        @Override
        protected void checkDeadLock() {}
    }

    /** Makes the loops and starts their threads, so that no thread is ever started by somebody else's call. */
    static LoopGroup start(int size, IoHandlerFactory handlers, String prefix) {
        LoopGroup group = new LoopGroup(size, handlers, prefix);
        group.loops.forEach(loop -> loop.execute(() -> {}));
        return group;
    }

    private void runLoop(Runnable loop) {
        try {
            loop.run();
        } finally {
            if (running.decrementAndGet() == 0) {
                terminated.trySuccess(null);
            }
        }
    }

    OwnThreads threads() {
        return threads;
    }

    @Override
    public IoEventLoop next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        return next().register(channel, promise);
    }

    @Override
    public Iterator<EventExecutor> iterator() {
        return Collections.<EventExecutor>unmodifiableList(loops).iterator();
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        loops.forEach(loop -> loop.shutdownGracefully(quietPeriod, timeout, unit));
        return terminated;
    }

    @Override
    public Future<?> terminationFuture() {
        return terminated;
    }

    @Override
    @Deprecated
    public void shutdown() {
        shutdownGracefully();
    }

    @Override
    public boolean isShuttingDown() {
        return loops.stream().allMatch(EventExecutor::isShuttingDown);
    }

    @Override
    public boolean isShutdown() {
        return loops.stream().allMatch(EventExecutor::isShutdown);
    }

    @Override
    public boolean isTerminated() {
        return terminated.isDone();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return terminated.await(timeout, unit);
    }
}
