package io.portolan.ftp.client.internal.command;

import io.portolan.core.internal.concurrent.Futures;
import io.portolan.ftp.client.ListingResult;
import io.portolan.ftp.client.internal.session.ClientSession;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A listing, queued like any operation, with what its entries go through. Safe to use from any thread. */
public final class ListingTask {

    private final EntryPipe pipe = new EntryPipe();
    private final AtomicBoolean taken = new AtomicBoolean();
    private final TransferTask<ListingResult> task;

    private ListingTask(ClientSession session, String path) {
        this.task = new TransferTask<>(session, running -> Listings.run(session, running::transfer, path, pipe::put));
        task.result().whenComplete((result, failure) -> pipe.end(failure == null ? null : Futures.unwrap(failure)));
    }

    /** Queues a listing of a directory; of the one that the user is in, if the path is empty. */
    public static ListingTask start(ClientSession session, String path) {
        return new ListingTask(session, path);
    }

    public CompletableFuture<ListingResult> result() {
        return task.result();
    }

    /** Takes the entries; only one may. */
    EntryPipe take() {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException("the entries of this listing are taken already");
        }
        return pipe;
    }

    /** Ends it; of no effect at its end. */
    public void cancel() {
        // first what a worker may wait for
        pipe.cut();
        task.cancel();
    }
}
