package io.portolan.fs;

import io.portolan.fs.PositionalFiles.Access;
import io.portolan.fs.PositionalFiles.PositionalFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file of an {@link InMemoryFileSystem} that is read and written at any place: in place where it was there before, unseen until its commit where it is new. */
final class MemoryPositionalFile implements PositionalFile {

    private final MemoryTree tree;
    private final MemoryTree.Place place;
    private final Set<Access> access;
    private final MemoryContent content;
    private final MemoryNode.@Nullable File inPlace;
    private final WriteMode mode;
    /** How much was written without a gap from the beginning: what an abort may keep. */
    private long whole;

    private boolean committed;
    private boolean closed;

    private MemoryPositionalFile(
            MemoryTree tree,
            MemoryTree.Place place,
            Set<Access> access,
            MemoryContent content,
            MemoryNode.@Nullable File inPlace) {
        this.tree = tree;
        this.place = place;
        this.access = access;
        this.content = content;
        this.inPlace = inPlace;
        this.mode = access.contains(Access.CREATE_NEW) ? WriteMode.CREATE_NEW : WriteMode.REPLACE;
    }

    static PositionalFile existing(MemoryTree tree, MemoryTree.Place place, Set<Access> access, MemoryNode.File file) {
        return new MemoryPositionalFile(tree, place, access, file.content.hold(), file);
    }

    static PositionalFile made(MemoryTree tree, MemoryTree.Place place, Set<Access> access) {
        return new MemoryPositionalFile(tree, place, access, new MemoryContent(tree.budget()), null);
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        if (closed || !access.contains(Access.READ)) {
            throw new AccessDeniedException(place.path().toString(), null, "not open for reading");
        }
        return content.read(target, offset);
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
        requireWritable();
        if (access.contains(Access.APPEND)) {
            int count = source.remaining();
            content.append(place.path(), source);
            wrote(content.size() - count, count);
        } else {
            int count = source.remaining();
            content.write(place.path(), source, offset);
            wrote(offset, count);
        }
    }

    private void wrote(long offset, int count) {
        if (offset <= whole) {
            whole = Math.max(whole, offset + count);
        }
        touch();
    }

    private void touch() {
        if (inPlace != null) {
            synchronized (tree) {
                inPlace.modified = tree.now();
            }
        }
    }

    private void requireWritable() throws AccessDeniedException {
        if (closed || committed || !(access.contains(Access.WRITE) || access.contains(Access.APPEND))) {
            throw new AccessDeniedException(place.path().toString(), null, "not open for writing");
        }
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        requireWritable();
        content.resize(place.path(), size);
        whole = Math.min(whole, size);
        touch();
    }

    @Override
    public void force() {
        // memory is all there is
    }

    @Override
    public void commit() throws IOException {
        synchronized (tree) {
            if (!committed && inPlace == null) {
                tree.publish(place, content, mode);
                content.hold();
            }
            committed = true;
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (tree) {
            if (closed) {
                return;
            }
            closed = true;
            if (inPlace != null || committed) {
                content.release();
            } else {
                content.resize(place.path(), whole);
                tree.settle(place, mode, content);
            }
        }
    }
}
