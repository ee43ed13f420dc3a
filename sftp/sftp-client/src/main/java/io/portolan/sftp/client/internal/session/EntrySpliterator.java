package io.portolan.sftp.client.internal.session;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.sftp.client.RemoteEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;

/** A listing's entries for a thread that waits. */
public final class EntrySpliterator extends Spliterators.AbstractSpliterator<RemoteEntry> {

    private final ListingTask task;
    private Iterator<RemoteEntry> part = List.<RemoteEntry>of().iterator();
    private boolean ended;

    /** Takes the listing's entries. */
    public EntrySpliterator(ListingTask task) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
        this.task = task;
        task.take();
    }

    @Override
    public boolean tryAdvance(Consumer<? super RemoteEntry> action) {
        while (!part.hasNext()) {
            if (ended) {
                return false;
            }
            try {
                List<RemoteEntry> next = Delivery.await(task.next(), task::cancel);
                ended = next == null;
                part = (next == null ? List.<RemoteEntry>of() : next).iterator();
            } catch (IOException e) {
                ended = true;
                throw new UncheckedIOException(e);
            }
        }
        action.accept(part.next());
        return true;
    }
}
