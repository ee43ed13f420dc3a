package io.portolan.sftp.client.internal.session;

import io.portolan.core.internal.concurrent.Futures;
import io.portolan.sftp.client.RemoteEntry;
import io.portolan.sftp.client.SftpException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A listing's entries in a list. */
public final class EntryCollector {

    private final ListingTask task;
    private final int limit;
    private final List<RemoteEntry> entries = new ArrayList<>();
    private final CompletableFuture<List<RemoteEntry>> result = new CompletableFuture<>();

    private EntryCollector(ListingTask task, int limit) {
        this.task = task;
        this.limit = limit;
    }

    /**
     * Takes the listing's entries.
     *
     * @param limit how many there may be
     */
    public static CompletableFuture<List<RemoteEntry>> collect(ListingTask task, int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit: " + limit + " is negative");
        }
        task.take();
        EntryCollector collector = new EntryCollector(task, limit);
        collector.more();
        return collector.result;
    }

    private void more() {
        task.next().whenComplete(this::taken);
    }

    private void taken(@Nullable List<RemoteEntry> part, @Nullable Throwable failure) {
        if (failure != null) {
            result.completeExceptionally(Futures.unwrap(failure));
        } else if (part == null) {
            result.complete(List.copyOf(entries));
        } else if (entries.size() + part.size() > limit) {
            task.cancel();
            result.completeExceptionally(new SftpException("there are more than " + limit + " entries", null, false));
        } else {
            entries.addAll(part);
            more();
        }
    }
}
