package io.portolan.ftp.client.internal.session;

import io.netty.channel.EventLoop;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.ftp.client.FtpConnectionException;
import io.portolan.ftp.client.FtpException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has a session's operations begin one after another, in the order in which they are asked for. {@link #submit} from any thread, all else on the event loop. */
final class OperationQueue {

    /** How many may wait: more than anybody who waits for results asks for, few enough to be a bound. */
    static final int MAX_WAITING = 10_000;

    private final EventLoop loop;
    private final Queue<Operation<?>> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean beginning;
    private @Nullable FtpException closed;

    OperationQueue(EventLoop loop) {
        this.loop = loop;
    }

    /** One operation: what begins it, and where its result goes. */
    private final class Operation<T> {
        private final Supplier<CompletableFuture<T>> task;
        private final CompletableFuture<T> result;

        Operation(Supplier<CompletableFuture<T>> task, CompletableFuture<T> result) {
            this.task = task;
            this.result = result;
        }

        void run() {
            CompletableFuture<T> running;
            try {
                running = task.get();
            } catch (RuntimeException | Error e) {
                running = CompletableFuture.failedFuture(e);
            }
            running.whenComplete((value, failure) -> {
                busy = false;
                if (failure != null) {
                    result.completeExceptionally(Futures.unwrap(failure));
                } else {
                    result.complete(value);
                }
                next();
            });
        }
    }

    /**
     * Queues an operation.
     *
     * @param task begins it, on the event loop; the next begins when what it returns is complete
     * @return its result, completed on the event loop. To cancel it keeps an operation from beginning, and has no effect on one that has begun
     */
    <T> CompletableFuture<T> submit(Supplier<CompletableFuture<T>> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (loop.inEventLoop()) {
            add(new Operation<>(task, result));
            return result;
        }
        try {
            loop.execute(() -> add(new Operation<>(task, result)));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new FtpConnectionException("the client has been closed", e));
        }
        return result;
    }

    private void add(Operation<?> operation) {
        if (closed != null) {
            operation.result.completeExceptionally(closed);
        } else if (waiting.size() >= MAX_WAITING) {
            operation.result.completeExceptionally(
                    new FtpException("more than " + MAX_WAITING + " operations wait for this session", null, true));
        } else {
            waiting.add(operation);
            next();
        }
    }

    /** Not from within itself: a row of operations that fail at once would be as deep as it is long. */
    private void next() {
        if (beginning) {
            return;
        }
        beginning = true;
        try {
            Operation<?> operation = busy ? null : waiting.poll();
            while (operation != null) {
                if (!operation.result.isDone()) {
                    busy = true;
                    operation.run();
                }
                operation = busy ? null : waiting.poll();
            }
        } finally {
            beginning = false;
        }
    }

    /** Whether nothing is under way, and nothing waits. */
    boolean isIdle() {
        return !busy && waiting.isEmpty();
    }

    /** Whatever waits fails, and whatever comes; what has begun fails by itself. */
    void close(FtpException cause) {
        closed = cause;
        Operation<?> operation = waiting.poll();
        while (operation != null) {
            operation.result.completeExceptionally(cause);
            operation = waiting.poll();
        }
    }
}
