package io.portolan.ftp.client.internal.command;

import io.portolan.ftp.client.RemoteEntry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A listing's entries for a thread that waits. */
public final class EntrySpliterator extends Spliterators.AbstractSpliterator<RemoteEntry> {

    private final ListingTask task;
    private final EntryPipe pipe;
    private Iterator<RemoteEntry> batch = List.<RemoteEntry>of().iterator();

    /** Takes the listing's entries. */
    public EntrySpliterator(ListingTask task) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
        this.task = task;
        this.pipe = task.take();
    }

    @Override
    public boolean tryAdvance(Consumer<? super RemoteEntry> action) {
        if (!batch.hasNext()) {
            List<RemoteEntry> next = next();
            if (next == null) {
                return false;
            }
            batch = next.iterator();
        }
        action.accept(batch.next());
        return true;
    }

    private @Nullable List<RemoteEntry> next() {
        try {
            List<RemoteEntry> next = pipe.take();
            Throwable failure = pipe.failure();
            if (next == null && failure != null) {
                throw new UncheckedIOException(
                        failure instanceof IOException io ? io : new IOException(failure.getMessage(), failure));
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            task.cancel();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted, and cancelled");
            interrupted.initCause(e);
            throw new UncheckedIOException(interrupted);
        }
    }
}
