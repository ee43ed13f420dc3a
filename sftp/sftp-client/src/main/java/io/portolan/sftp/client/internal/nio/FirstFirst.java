package io.portolan.sftp.client.internal.nio;

import io.portolan.core.internal.nio.RemoteFiles.Entries;
import io.portolan.core.internal.nio.RemoteFiles.Entry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A directory that cannot be opened is to fail when it is opened, and not at its first entry. */
final class FirstFirst implements Entries {

    private final Entries entries;
    private @Nullable Entry first;

    private FirstFirst(Entries entries, @Nullable Entry first) {
        this.entries = entries;
        this.first = first;
    }

    /** Takes over entries; if the first of them fails, they are closed. */
    static Entries of(Entries entries) throws IOException {
        try {
            return new FirstFirst(entries, entries.next());
        } catch (IOException | RuntimeException e) {
            entries.close();
            throw e;
        }
    }

    @Override
    public @Nullable Entry next() throws IOException {
        Entry next = first;
        if (next == null) {
            return entries.next();
        }
        first = null;
        return next;
    }

    @Override
    public void close() {
        entries.close();
    }
}
