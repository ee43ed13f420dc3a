package io.portolan.ftp.client;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.concurrent.Told;
import io.portolan.ftp.client.internal.command.TransferTask;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A file on its way. Safe to use from any thread. */
public abstract sealed class Transfer permits Upload, Download {

    private final TransferTask<TransferResult> task;
    private final Told<TransferResult> completion;

    Transfer(TransferTask<TransferResult> task, Executor workers) {
        this.task = task;
        this.completion = new Told<>(workers, task.result(), task::cancel);
    }

    /**
     * Its end.
     *
     * @return completes when the server has said that all is well and what was downloaded is where it belongs, else exceptionally: with an {@link FtpException} if it is the server or the connection that has
     *     failed, with what the source or the sink has thrown otherwise. To cancel it is to {@link #cancel()} the transfer
     */
    public CompletableFuture<TransferResult> completion() {
        return completion.future();
    }

    /** Ends the transfer (ABOR). Its completion fails with an {@link FtpCancelledException} when the server has answered, and after {@link FtpTimeouts#abort()} in any case; the session can go on if it has. */
    public void cancel() {
        task.cancel();
    }

    /** Waits for its end; an interrupt cancels it. */
    TransferResult await() throws IOException {
        return Delivery.await(task.result(), task::cancel);
    }
}
