package io.portolan.ftp.client.internal.command;

import io.portolan.ftp.client.FtpCancelledException;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.ftp.client.internal.transfer.DataTransfer;
import io.portolan.ftp.client.internal.transfer.TransferOutcome;
import io.portolan.ftp.client.internal.transfer.TransferRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
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

    /** Ends it; one that has not begun never does. */
    public void cancel() {
        try {
            session.loop().execute(() -> {
                cancelled = true;
                if (running != null) {
                    running.cancel();
                } else {
                    result.completeExceptionally(cancelled());
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(cancelled());
        }
    }
}
