package io.portolan.core.internal.nio;

import io.portolan.core.internal.nio.RemoteFiles.Entry;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A directory's entries, as the server tells them. */
final class RemoteDirectoryStream implements DirectoryStream<Path> {

    private final RemotePath directory;
    private final RemoteFiles.Entries entries;
    private final Filter<? super Path> filter;
    private final Operations operations;
    private final long seen;
    private boolean taken;
    private volatile boolean closed;

    RemoteDirectoryStream(
            RemotePath directory,
            RemoteFiles.Entries entries,
            Filter<? super Path> filter,
            Operations operations,
            long seen) {
        this.directory = directory;
        this.entries = entries;
        this.filter = filter;
        this.operations = operations;
        this.seen = seen;
    }

    @Override
    public synchronized Iterator<Path> iterator() {
        if (closed || taken) {
            throw new IllegalStateException(closed ? "the directory stream is closed" : "there is an iterator already");
        }
        taken = true;
        return new Entries();
    }

    @Override
    public void close() {
        closed = true;
        entries.close();
    }

    private final class Entries implements Iterator<Path> {
        private @Nullable Path next;
        private boolean ended;

        @Override
        public boolean hasNext() {
            while (next == null && !ended) {
                try {
                    look();
                } catch (IOException e) {
                    ended = true;
                    throw new DirectoryIteratorException(e);
                }
            }
            return next != null;
        }

        private void look() throws IOException {
            if (closed) {
                // what has been taken already may be used, and no more
                ended = true;
                return;
            }
            Entry entry;
            try {
                entry = entries.next();
            } catch (IOException e) {
                if (closed) {
                    ended = true;
                    return;
                }
                throw operations.failures().of(e, directory);
            }
            if (entry == null) {
                ended = true;
                return;
            }
            Path path = directory.child(entry.name(), new ListedInfo(entry, operations.changes(), seen));
            if (filter.accept(path)) {
                next = path;
            }
        }

        @Override
        public Path next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Path path = next;
            next = null;
            return path;
        }
    }
}
