package io.portolan.fs.nio;

import io.portolan.fs.PositionalFiles.Access;
import io.portolan.fs.PositionalFiles.PositionalFile;
import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file that is read and written at any place: in place where it was there before, unseen until its commit where it is new. */
final class PathPositionalFile implements PositionalFile {

    private final VirtualPath path;
    private final Set<Access> access;
    private final SeekableByteChannel channel;
    private final @Nullable PendingFile pending;
    /** How much was written without a gap from the beginning: what an abort may keep. */
    private long whole;

    PathPositionalFile(
            VirtualPath path, Set<Access> access, SeekableByteChannel channel, @Nullable PendingFile pending) {
        this.path = path;
        this.access = access;
        this.channel = channel;
        this.pending = pending;
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        if (!access.contains(Access.READ)) {
            throw new AccessDeniedException(path.toString(), null, "not open for reading");
        }
        try {
            return channel instanceof FileChannel file
                    ? file.read(target, offset)
                    : channel.position(offset).read(target);
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        }
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
        requireWritable();
        try {
            long at = access.contains(Access.APPEND) ? channel.size() : offset;
            long begin = at;
            while (source.hasRemaining()) {
                at += channel instanceof FileChannel file
                        ? file.write(source, at)
                        : channel.position(at).write(source);
            }
            if (begin <= whole) {
                whole = Math.max(whole, at);
            }
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        }
    }

    private void requireWritable() throws AccessDeniedException {
        if (!access.contains(Access.WRITE)) {
            throw new AccessDeniedException(path.toString(), null, "not open for writing");
        }
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        requireWritable();
        try {
            long now = channel.size();
            if (size < now) {
                channel.truncate(size);
            } else if (size > now) {
                // one byte at the new end: the channel has no way to extend a file by itself
                ByteBuffer end = ByteBuffer.allocate(1);
                if (channel instanceof FileChannel file) {
                    file.write(end, size - 1);
                } else {
                    channel.position(size - 1).write(end);
                }
            }
            whole = Math.min(whole, size);
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        }
    }

    @Override
    public void force() throws IOException {
        if (channel instanceof FileChannel file) {
            file.force(true);
        }
    }

    @Override
    public void commit() throws IOException {
        if (pending != null) {
            pending.publish();
        }
    }

    @Override
    public void close() throws IOException {
        if (pending != null) {
            pending.close(whole);
        } else {
            channel.close();
        }
    }
}
