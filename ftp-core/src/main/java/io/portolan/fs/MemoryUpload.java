package io.portolan.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;

/** An upload into an {@link InMemoryFileSystem}: a content that nobody sees before it is published. */
final class MemoryUpload implements WritableFile {

    private final MemoryTree tree;
    private final MemoryTree.Place place;
    private final WriteMode mode;
    private final MemoryContent content;
    private boolean committed;
    private boolean closed;

    MemoryUpload(MemoryTree tree, MemoryTree.Place place, WriteMode mode, MemoryContent content) {
        this.tree = tree;
        this.place = place;
        this.mode = mode;
        this.content = content;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        if (committed || closed) {
            throw new ClosedChannelException();
        }
        content.append(place.path(), source);
    }

    @Override
    public void commit() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        synchronized (tree) {
            if (!committed) {
                tree.publish(place, content, mode);
                committed = true;
            }
        }
    }

    @Override
    public void close() {
        synchronized (tree) {
            if (!closed && !committed) {
                tree.settle(place, mode, content);
            }
            closed = true;
        }
    }
}
