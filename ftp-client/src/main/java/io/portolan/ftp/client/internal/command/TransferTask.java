package io.portolan.ftp.client.internal.command;

import io.netty.util.concurrent.ScheduledFuture;
import io.portolan.ftp.client.FtpCancelledException;
import io.portolan.ftp.client.FtpTimeoutException;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.ftp.client.internal.transfer.DataTransfer;
import io.portolan.ftp.client.internal.transfer.TransferOutcome;
import io.portolan.ftp.client.internal.transfer.TransferRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A transfer with all that belongs to it, queued like any operation. {@link #cancel} and {@link #result} from any thread, all else on the event loop.
 *
 * @param <R> what comes of it
 */
public final class TransferTask<R> {

    /** What is done, of commands and of transfers that this task runs. */
    @FunctionalInterface
    interface Steps<R> {
        CompletableFuture<R> run(TransferTask<R> task);
    }

    /** What is cancelled has the time for that twice: for the transfer, and for what is done behind it. */
    private static final int ENDS = 2;

    private final ClientSession session;
    private final CompletableFuture<R> result;
    private @Nullable DataTransfer running;
    private boolean cancelled;

    TransferTask(ClientSession session, Steps<R> steps) {
        this.session = session;
        this.result = session.submit(() -> steps.run(this));
    }

    /** Completed on the event loop. */
    public CompletableFuture<R> result() {
        return result;
    }

    ClientSession session() {
        return session;
    }

    /** Runs a transfer of this task, unless it was cancelled before. */
    CompletableFuture<TransferOutcome> transfer(TransferRequest request) {
        if (cancelled) {
            return CompletableFuture.failedFuture(cancelled());
        }
        DataTransfer transfer = session.transfer(request);
        running = transfer;
        return transfer.start();
    }

    private static FtpCancelledException cancelled() {
        return new FtpCancelledException("cancelled before it began", null);
    }

    /** Goes on with what belongs to the transfer and comes behind it, unless it was cancelled before. */
    <T> CompletableFuture<T> then(Supplier<CompletableFuture<T>> step) {
        return cancelled ? CompletableFuture.failedFuture(new FtpCancelledException("cancelled", null)) : step.get();
    }

    /** Ends it; one that has not begun never does. */
    public void cancel() {
        try {
            session.loop().execute(this::cancelNow);
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(cancelled());
        }
    }

    private void cancelNow() {
        cancelled = true;
        if (running == null) {
            result.completeExceptionally(cancelled());
            return;
        }
        running.cancel();
        // it may be behind the transfer: hashes of big files take long, and no server can be stopped making one
        Duration patience = session.timeouts().abort().multipliedBy(ENDS);
        ScheduledFuture<?> late = session.loop()
                .schedule(
                        () -> session.control()
                                .close(new FtpTimeoutException(
                                        "cancelled, and not at its end within " + patience.toMillis() + " ms", null)),
                        patience.toNanos(),
                        TimeUnit.NANOSECONDS);
        result.whenComplete((value, failure) -> late.cancel(false));
    }
}
