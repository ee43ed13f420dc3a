package io.portolan.sftp.client;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.concurrent.Told;
import io.portolan.sftp.client.internal.transfer.TransferTask;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A file on its way. Safe to use from any thread. */
public abstract sealed class Transfer permits Upload, Download {

    private final TransferTask task;
    private final Told<TransferResult> completion;

    Transfer(TransferTask task, Executor workers) {
        this.task = task;
        this.completion = new Told<>(workers, task.result(), task::cancel);
    }

    /**
     * Its end.
     *
     * @return completes when the server has answered all, and what was downloaded is where it belongs, else exceptionally: with an {@link SftpException} if it is the server or the connection that has failed, with
     *     what the source or the sink has thrown otherwise. To cancel it is to {@link #cancel()} the transfer
     */
    public CompletableFuture<TransferResult> completion() {
        return completion.future();
    }

    /** Ends the transfer. Its completion fails with an {@link SftpCancelledException} when what it had open is closed; the session goes on. A download that is whole, and on its way to its place, is not stopped any more. */
    public void cancel() {
        task.cancel();
    }

    /** Waits for its end; an interrupt cancels it. */
    TransferResult await() throws IOException {
        return Delivery.await(task.result(), task::cancel);
    }
}
