package io.portolan.ftp.client.internal.batch;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.crew.Crew;
import io.portolan.core.internal.crew.CrewQueue;
import io.portolan.core.internal.crew.CrewWork;
import io.portolan.ftp.client.TransferResult;
import io.portolan.ftp.client.internal.command.TransferTask;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.transfer.FileTransferException;
import io.portolan.transfer.RetryPolicy;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.ThreadFactory;

/** Moves many files over several sessions. Used once. */
public final class Batch implements CrewWork<Batch.Connection, BatchFile> {

    /**
     * A session for one worker.
     *
     * @param end gives it back, or closes it; from any thread, perhaps more than once
     */
    public record Connection(ClientSession session, Runnable end) implements Closeable {

        boolean isOpen() {
            return !session.closed().isDone();
        }

        @Override
        public void close() {
            end.run();
        }
    }

    private final BatchQueue queue;
    private final int attempts;

    private Batch(Iterator<BatchFile> files, int attempts) {
        this.queue = new BatchQueue(files);
        this.attempts = attempts;
    }

    /**
     * Moves all of them; blocks.
     *
     * @param attempts for each file
     * @param connections the most at a time
     * @throws IOException if there is no connection
     * @throws InterruptedException if this thread is interrupted; then all connections are closed
     */
    public static void run(
            Iterator<BatchFile> files,
            Crew.Connector<Connection> connector,
            int attempts,
            int connections,
            ThreadFactory threads)
            throws IOException, InterruptedException {
        new Crew<>(connector, new Batch(files, attempts), connections, RetryPolicy.defaults(), threads).run();
    }

    @Override
    public CrewQueue<BatchFile> queue() {
        return queue;
    }

    @Override
    public void run(BatchFile file, Connection connection) throws IOException {
        TransferTask<TransferResult> transfer = file.work().start(connection.session());
        file.work().succeeded(Delivery.await(transfer.result(), transfer::cancel));
    }

    @Override
    public void failed(BatchFile file, IOException cause, Connection connection) {
        boolean passes = cause instanceof FileTransferException transfer && transfer.isRetryable();
        if (passes && file.attempted() < attempts && file.work().isRepeatable()) {
            queue.putBack(file);
        } else {
            file.work().failed(cause);
        }
    }

    @Override
    public boolean isUsable(Connection connection) {
        return connection.isOpen();
    }
}
