package io.portolan.sftp.client;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.concurrent.Told;
import io.portolan.sftp.client.internal.session.EntryCollector;
import io.portolan.sftp.client.internal.session.EntrySpliterator;
import io.portolan.sftp.client.internal.session.EntrySubscription;
import io.portolan.sftp.client.internal.session.ListingTask;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The entries of a directory, as they come: a listing of any length takes the same memory, as whoever takes the entries slowly holds back the server. It is to be taken once, by {@link #stream()}, by {@link #toList} or by
 * {@link #subscribe}; one that nobody takes keeps a directory open at the server until it is {@linkplain #cancel() cancelled}. Safe to use from any thread.
 */
public final class Listing implements Flow.Publisher<RemoteEntry>, AutoCloseable {

    private final ListingTask task;
    private final Executor workers;
    private final Told<ListingResult> completion;

    Listing(ListingTask task, Executor workers) {
        this.task = task;
        this.workers = workers;
        this.completion = new Told<>(workers, task.result(), task::cancel);
    }

    /**
     * Its end.
     *
     * @return completes when the server has said that it was all, else exceptionally; what it tells of names that could not be taken is worth a look
     */
    public CompletableFuture<ListingResult> completion() {
        return completion.future();
    }

    /** Ends it before its end; entries that have come are dropped. */
    public void cancel() {
        task.cancel();
    }

    /** As {@link #cancel()}; of no effect at the end. */
    @Override
    public void close() {
        cancel();
    }

    /**
     * The entries for a thread that waits for them; an interrupt ends the listing.
     *
     * @return a stream; it throws {@link UncheckedIOException} for what the listing fails with. To close it ends the listing
     * @throws IllegalStateException if somebody takes the entries already
     */
    public Stream<RemoteEntry> stream() {
        return StreamSupport.stream(new EntrySpliterator(task), false).onClose(this::cancel);
    }

    /**
     * All entries at once.
     *
     * @param limit how many there may be, 0 or more; beyond, the listing fails
     * @return the entries, in the server's order
     * @throws IllegalStateException if somebody takes the entries already
     */
    public CompletableFuture<List<RemoteEntry>> toList(int limit) {
        return Delivery.to(workers, EntryCollector.collect(task, limit), this::cancel);
    }

    /**
     * The entries for a subscriber, called on worker threads. A second one is told an {@link IllegalStateException}.
     *
     * @param subscriber whom to give them; to cancel its subscription ends the listing
     */
    @Override
    public void subscribe(Flow.Subscriber<? super RemoteEntry> subscriber) {
        EntrySubscription.begin(task, Objects.requireNonNull(subscriber, "subscriber"), workers);
    }
}
