package io.portolan.sftp.client.internal.transfer;

import io.netty.util.concurrent.EventExecutor;
import io.portolan.core.internal.concurrent.Completion;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.core.internal.concurrent.WorkerLane;
import io.portolan.guard.RateLimit;
import io.portolan.sftp.client.SftpCancelledException;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.TransferResult;
import io.portolan.sftp.client.internal.protocol.ServerLimits;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A transfer, from its slot to its result. {@link #cancel} and {@link #result} from any thread, all else on the event loop. Whatever ends it early ends it once: then nothing more is asked for, what is held is let go, and what is
 * open is closed, before the result tells why.
 */
public abstract class TransferTask {

    /** Calls of a transfer that may wait for a worker: one for each chunk that may be held, and some more. */
    private static final int MAX_CALLS = FlightWindow.MOST / ServerLimits.LEAST + 64;

    /** For calls that hold nothing. */
    static final Runnable NOTHING = () -> {};

    final TransferContext context;
    final EventExecutor loop;
    final String path;
    final WorkerLane lane;
    final FlightWindow window;
    private final Throttle throttle;
    private final Runnable begin = this::begun;
    private final CompletableFuture<TransferResult> result = new CompletableFuture<>();
    private boolean slotted;
    /** Workers look at it as well. */
    private volatile boolean stopped;

    private boolean waits;

    TransferTask(TransferContext context, String path, RateLimit rateLimit) {
        this.context = context;
        this.loop = context.loop();
        this.path = path;
        this.lane = new WorkerLane(context.workers(), MAX_CALLS);
        this.window = new FlightWindow(context.memory());
        this.throttle = new Throttle(rateLimit, context.rateLimit());
    }

    /** Completed on the event loop. */
    public final CompletableFuture<TransferResult> result() {
        return result;
    }

    /** Queues it. On any thread. */
    final void enqueue() {
        try {
            loop.execute(() -> {
                if (result.isDone()) {
                    return;
                }
                if (!context.live().add(this)) {
                    cancelNow();
                    return;
                }
                result.whenComplete((value, failure) -> context.live().remove(this));
                context.slots().take(begin);
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new SftpException("the client is closed", e, false));
        }
    }

    /** Ends it; one that has not begun never does. */
    public final void cancel() {
        try {
            loop.execute(this::cancelNow);
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new SftpCancelledException(path + ": cancelled", e));
        }
    }

    final void cancelNow() {
        if (!slotted && !result.isDone()) {
            context.slots().forget(begin);
            result.completeExceptionally(new SftpCancelledException("cancelled before it began", null));
        } else {
            fail(new SftpCancelledException(path + ": cancelled", null));
        }
    }

    private void begun() {
        slotted = true;
        SftpException over = context.connection().ended().getNow(null);
        if (over != null) {
            fail(over);
            return;
        }
        try {
            begin();
        } catch (SftpException | RuntimeException e) {
            fail(e);
        }
    }

    /** There is a slot. */
    abstract void begin() throws SftpException;

    /** Lets go of all, and then calls {@link #complete} with the cause. */
    abstract void abort(Throwable cause);

    /** On the lane: closes the source or the sink, unless it is closed. */
    abstract void closeHere() throws IOException;

    final boolean isStopped() {
        return stopped;
    }

    /** Ends it, unless it has ended. */
    final void fail(Throwable cause) {
        if (!stopped && !result.isDone()) {
            stopped = true;
            abort(Futures.unwrap(cause));
        }
    }

    /** Its end, for good. */
    final void complete(@Nullable TransferResult value, @Nullable Throwable failure) {
        stopped = true;
        if (result.isDone()) {
            return;
        }
        context.slots().release();
        if (value != null) {
            result.complete(value);
        } else {
            result.completeExceptionally(
                    failure == null ? new IllegalStateException("neither result nor failure") : failure);
        }
    }

    /**
     * A call on the worker, told on the event loop; if that has ended meanwhile, so has the transfer.
     *
     * @param held what the completion would have let go
     */
    final <T extends @Nullable Object> void call(Callable<T> task, Runnable held, Completion<T> completion) {
        lane.call(task, loop, new OrLost<>(completion, held));
    }

    /** Nothing goes on without an event loop, but whoever waits for the result has to hear of that, and what is open here is closed. */
    private final class OrLost<T extends @Nullable Object> implements Completion<T> {
        private final Completion<T> completion;
        private final Runnable held;

        OrLost(Completion<T> completion, Runnable held) {
            this.completion = completion;
            this.held = held;
        }

        @Override
        public void done(@Nullable T value, @Nullable Throwable failure) {
            completion.done(value, failure);
        }

        @Override
        public void lost() {
            held.run();
            stopped = true;
            SftpException why = new SftpException(path + ": the client is closed", null, false);
            try {
                closeHere();
            } catch (IOException | RuntimeException e) {
                why.addSuppressed(e);
            }
            result.completeExceptionally(why);
        }
    }

    /** A call on the worker, told on the event loop. */
    final <T extends @Nullable Object> CompletableFuture<T> work(Callable<T> task) {
        CompletableFuture<T> told = new CompletableFuture<>();
        call(task, NOTHING, (value, failure) -> tell(told, value, failure));
        return told;
    }

    /** A call that gives something back. */
    final CompletableFuture<Void> release(Callable<Void> task) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        lane.callAlways(task, loop, new OrLost<>((value, failure) -> tell(told, null, failure), NOTHING));
        return told;
    }

    @SuppressWarnings("NullAway") // a call may return null if its type says so
    private static <T extends @Nullable Object> void tell(
            CompletableFuture<T> told, @Nullable T value, @Nullable Throwable failure) {
        if (failure == null) {
            told.complete(value);
        } else {
            told.completeExceptionally(failure);
        }
    }

    /** Goes on with what has come, or ends. What is done then runs on the event loop, unless it is over. */
    final <T extends @Nullable Object> void then(CompletableFuture<T> future, Step<T> step) {
        future.whenComplete((value, failure) -> {
            if (failure != null) {
                fail(failure);
            } else if (!stopped) {
                try {
                    step.take(value);
                } catch (SftpException | RuntimeException e) {
                    fail(e);
                }
            }
        });
    }

    /** What is done with a value. */
    interface Step<T extends @Nullable Object> {
        void take(T value) throws SftpException;
    }

    // --- what may be under way

    /** Whether so many octets more may be under way now; if not, {@link #proceed} is called when it may be otherwise. */
    final boolean mayMove(int octets, long underWay) {
        if (waits) {
            return false;
        }
        if (underWay > 0 && underWay + octets > window.size()) {
            window.limited();
            return false;
        }
        if (!context.budget().take(octets, underWay == 0)) {
            return false;
        }
        long nanos = throttle.nanosToWait(octets);
        if (nanos > 0) {
            // these may go, those behind them wait
            waits = true;
            loop.schedule(this::resume, nanos, TimeUnit.NANOSECONDS);
        }
        return true;
    }

    private void resume() {
        waits = false;
        if (!stopped) {
            proceed();
        }
    }

    /** Moves what may be moved. */
    abstract void proceed();
}
