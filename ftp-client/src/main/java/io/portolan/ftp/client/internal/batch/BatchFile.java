package io.portolan.ftp.client.internal.batch;

import io.portolan.ftp.client.TransferResult;
import io.portolan.ftp.client.internal.command.TransferTask;
import io.portolan.ftp.client.internal.session.ClientSession;
import java.io.IOException;

/** A file of a batch on its way. One worker has it at a time. */
public final class BatchFile {

    /** What is done with a file. */
    public interface Work {

        /** Queues the transfer. */
        TransferTask<TransferResult> start(ClientSession session);

        /** Whether to do it from the beginning once more leaves it as if it had been done once. */
        boolean isRepeatable();

        /** Tells its end. */
        void succeeded(TransferResult result);

        /** Tells its end. */
        void failed(IOException cause);
    }

    private final Work work;
    private int attempts;

    /** A file of which nothing has been moved yet. */
    public BatchFile(Work work) {
        this.work = work;
    }

    Work work() {
        return work;
    }

    /** Counts an attempt; returns how many there have been. */
    int attempted() {
        return ++attempts;
    }
}
