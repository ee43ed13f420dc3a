package io.portolan.fs.nio;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directories that stay open between operations, so that a walk costs one system call for each segment instead of seven. They are kept by
 * inode, not by path: a walk asks each parent what is at the next name, and only then whether that very directory is open already, so that a directory that was
 * renamed, replaced or swapped for a link is never mistaken for what is at its path now. While it is open its inode cannot be given to another.
 */
final class FolderCache implements Closeable {

    private final int capacity;
    private final LinkedHashMap<Object, Handle> kept = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    FolderCache(int capacity) {
        this.capacity = capacity;
    }

    /** An open directory, shared by those who use it at the moment. */
    static final class Handle {
        final SecureDirectoryStream<Path> stream;
        private final @Nullable Object key;
        private int users = 1;
        private boolean cached;

        private Handle(SecureDirectoryStream<Path> stream, @Nullable Object key) {
            this.stream = stream;
            this.key = key;
        }
    }

    /** A directory that is open already, or null. */
    synchronized @Nullable Handle lease(@Nullable Object key) {
        Handle handle = key == null ? null : kept.get(key);
        if (handle != null) {
            handle.users++;
        }
        return handle;
    }

    /** Takes over a directory that was just opened. */
    Handle add(SecureDirectoryStream<Path> stream, @Nullable Object key) throws IOException {
        Handle handle = new Handle(stream, key);
        List<Handle> unused = new ArrayList<>();
        synchronized (this) {
            if (key != null && capacity > 0 && !closed && !kept.containsKey(key)) {
                kept.put(key, handle);
                handle.cached = true;
                while (kept.size() > capacity) {
                    unused.add(forget(kept.values().iterator().next()));
                }
            }
        }
        closeUnused(unused);
        return handle;
    }

    /** One more user of a directory that the caller uses. */
    synchronized void share(Handle handle) {
        handle.users++;
    }

    void release(Handle handle) throws IOException {
        boolean last;
        synchronized (this) {
            last = --handle.users == 0 && !handle.cached;
        }
        if (last) {
            handle.stream.close();
        }
    }

    /** Forgets a directory that is no more. */
    void drop(@Nullable Object key) throws IOException {
        List<Handle> unused = new ArrayList<>();
        synchronized (this) {
            Handle handle = key == null ? null : kept.get(key);
            if (handle != null) {
                unused.add(forget(handle));
            }
        }
        closeUnused(unused);
    }

    /** Closes what nobody uses now; the rest is closed by its last user. Walks after this keep nothing open. */
    @Override
    public void close() throws IOException {
        List<Handle> unused = new ArrayList<>();
        synchronized (this) {
            closed = true;
            for (Handle handle : List.copyOf(kept.values())) {
                unused.add(forget(handle));
            }
        }
        closeUnused(unused);
    }

    synchronized int size() {
        return kept.size();
    }

    private Handle forget(Handle handle) {
        kept.remove(handle.key, handle);
        handle.cached = false;
        return handle;
    }

    private void closeUnused(List<Handle> handles) throws IOException {
        for (Handle handle : handles) {
            boolean unused;
            synchronized (this) {
                unused = handle.users == 0;
            }
            if (unused) {
                handle.stream.close();
            }
        }
    }
}
