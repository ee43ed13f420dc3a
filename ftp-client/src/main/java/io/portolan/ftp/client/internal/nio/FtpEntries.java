package io.portolan.ftp.client.internal.nio;

import io.portolan.core.internal.nio.RemoteFiles.Entries;
import io.portolan.core.internal.nio.RemoteFiles.Entry;
import io.portolan.ftp.client.Listing;
import io.portolan.ftp.client.RemoteEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory whose first entries are read at once, so that a walk keeps no connection for each directory that it is in. Not for several threads at a time. */
final class FtpEntries implements Entries {

    /** A few megabytes, and more than most directories have. */
    static final int AT_ONCE = 10_000;

    private final Leases.Held lease;
    private final Stream<RemoteEntry> stream;
    private final Iterator<RemoteEntry> iterator;
    private final Queue<Entry> first = new ArrayDeque<>();
    private boolean ended;

    private FtpEntries(Leases.Held lease, Listing listing) {
        this.lease = lease;
        this.stream = listing.stream();
        this.iterator = stream.iterator();
    }

    static FtpEntries of(Leases.Held lease, String path) throws IOException {
        boolean opened = false;
        try {
            FtpEntries entries = new FtpEntries(lease, lease.session().list(path));
            while (entries.first.size() < AT_ONCE) {
                Entry next = entries.pull();
                if (next == null) {
                    break;
                }
                entries.first.add(next);
            }
            opened = true;
            return entries;
        } finally {
            if (!opened) {
                lease.close();
            }
        }
    }

    private @Nullable Entry pull() throws IOException {
        try {
            if (!ended && iterator.hasNext()) {
                RemoteEntry entry = iterator.next();
                return new Entry(entry.name(), entry.info(), System.nanoTime());
            }
            close();
            return null;
        } catch (UncheckedIOException e) {
            close();
            throw e.getCause();
        }
    }

    @Override
    public @Nullable Entry next() throws IOException {
        Entry known = first.poll();
        return known != null ? known : pull();
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            stream.close();
            lease.close();
        }
    }
}
