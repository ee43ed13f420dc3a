package io.portolan.ftp.client.internal.command;

import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.RemoteEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A listing's entries in a list. */
public final class EntryCollector {

    private final ListingTask task;
    private final EntryPipe pipe;
    private final int limit;
    private final List<RemoteEntry> entries = new ArrayList<>();
    private final CompletableFuture<List<RemoteEntry>> result = new CompletableFuture<>();

    /** How often there has been something to do since it was begun; only who finds none begins. */
    private final AtomicInteger work = new AtomicInteger();

    private EntryCollector(ListingTask task, int limit) {
        this.task = task;
        this.pipe = task.take();
        this.limit = limit;
    }

    /** Takes the listing's entries. */
    public static CompletableFuture<List<RemoteEntry>> collect(ListingTask task, int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit: " + limit + " is negative");
        }
        EntryCollector collector = new EntryCollector(task, limit);
        collector.pipe.onFilled(collector::collect);
        return collector.result;
    }

    private void collect() {
        if (work.getAndIncrement() > 0) {
            return;
        }
        do {
            work.set(1);
            List<RemoteEntry> batch = pipe.poll();
            while (batch != null) {
                entries.addAll(batch);
                batch = pipe.poll();
            }
            if (entries.size() > limit) {
                result.completeExceptionally(
                        new FtpException("there are more than " + limit + " entries", null, false));
                task.cancel();
            } else if (pipe.isOver()) {
                Throwable failure = pipe.failure();
                if (failure == null) {
                    result.complete(List.copyOf(entries));
                } else {
                    result.completeExceptionally(failure);
                }
            }
        } while (!work.compareAndSet(1, 0));
    }
}
