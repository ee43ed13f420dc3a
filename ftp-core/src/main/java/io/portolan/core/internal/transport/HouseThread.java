package io.portolan.core.internal.transport;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that does for callers what they must not do themselves: whatever touches Netty outside of an event loop. A plain thread, since even to
 * construct one of Netty's would be a call to Netty on the caller's.
 */
final class HouseThread {

    private static final Logger LOGGER = LoggerFactory.getLogger(HouseThread.class);

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean closed;
    private boolean ended;

    private HouseThread(String name) {
        thread = OwnThreads.prepare(new Thread(null, this::run, name, 0, false));
    }

    static HouseThread start(String name) {
        HouseThread house = new HouseThread(name);
        house.thread.start();
        return house;
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    Thread thread() {
        return thread;
    }

    /** Runs a task on the house thread: at once if that is the current one, so that whoever waits for the result there does not wait for ever. */
    <T> CompletableFuture<T> call(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Runnable step = () -> {
            try {
                result.complete(task.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        };
        if (isCurrent()) {
            step.run();
        } else if (!offer(step)) {
            result.completeExceptionally(new RejectedExecutionException(thread.getName() + " has been stopped"));
        }
        return result;
    }

    private synchronized boolean offer(Runnable step) {
        return !closed && tasks.add(step);
    }

    /** Lets the tasks that are there run, then the last one, then ends. */
    synchronized void close(Runnable last) {
        if (!closed) {
            closed = true;
            tasks.add(() -> {
                ended = true;
                last.run();
            });
        }
    }

    private void run() {
        while (!ended) {
            try {
                tasks.take().run();
            } catch (InterruptedException e) {
                LOGGER.debug("{} was interrupted, which it ignores", thread.getName());
            } catch (RuntimeException e) {
                LOGGER.warn("A task of {} failed", thread.getName(), e);
            }
        }
    }
}
