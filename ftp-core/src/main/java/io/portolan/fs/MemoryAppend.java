package io.portolan.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/** Writes at the end of a file that is there, in place. */
final class MemoryAppend implements WritableFile {

    private final MemoryTree tree;
    private final MemoryTree.Place place;
    private final MemoryNode.File file;
    private final MemoryContent content;
    private final long sizeBefore;
    private long written;
    private boolean committed;
    private boolean closed;

    MemoryAppend(MemoryTree tree, MemoryTree.Place place, MemoryNode.File file) {
        this.tree = tree;
        this.place = place;
        this.file = file;
        this.content = file.content.hold();
        this.sizeBefore = content.size();
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        if (committed || closed) {
            throw new ClosedChannelException();
        }
        int before = source.remaining();
        try {
            content.append(place.path(), source);
        } finally {
            written += before - source.remaining();
        }
        touch();
    }

    private void touch() {
        synchronized (tree) {
            file.modified = tree.now();
        }
    }

    @Override
    public void commit() {
        committed = true;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        // what another session has appended meanwhile is not ours to cut off
        if (!committed && !tree.keepsAppended() && content.size() == sizeBefore + written) {
            content.resize(place.path(), sizeBefore);
            touch();
        }
        content.release();
    }
}
