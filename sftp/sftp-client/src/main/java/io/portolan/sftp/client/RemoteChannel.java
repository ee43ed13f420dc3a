package io.portolan.sftp.client;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.sftp.client.internal.session.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A file of a server as a channel of Java's, for threads that wait. One call at a time; others wait for it. */
final class RemoteChannel implements SeekableByteChannel {

    private final OpenFile file;
    private final boolean readable;
    private final boolean writable;
    private final boolean appends;
    private long position;
    private volatile boolean closed;

    RemoteChannel(OpenFile file, boolean readable, boolean writable, boolean appends) {
        this.file = file;
        this.readable = readable;
        this.writable = writable;
        this.appends = appends;
    }

    private <T> T await(Supplier<CompletableFuture<T>> operation) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        CompletableFuture<T> result = file.session().submit(operation);
        return Delivery.await(result, () -> result.cancel(false));
    }

    @Override
    public synchronized int read(ByteBuffer target) throws IOException {
        if (!readable) {
            throw new NonReadableChannelException();
        }
        int count = await(() -> file.read(position, target));
        if (count > 0) {
            position += count;
        }
        return count;
    }

    @Override
    public synchronized int write(ByteBuffer source) throws IOException {
        if (!writable) {
            throw new NonWritableChannelException();
        }
        int count = source.remaining();
        if (appends) {
            position = size();
        }
        var ignored = await(() -> file.write(position, source));
        position += count;
        return count;
    }

    @Override
    public synchronized long position() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        return position;
    }

    @Override
    public synchronized SeekableByteChannel position(long newPosition) throws IOException {
        if (newPosition < 0) {
            throw new IllegalArgumentException("newPosition: " + newPosition + " is negative");
        }
        if (closed) {
            throw new ClosedChannelException();
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        return await(file::size);
    }

    @Override
    public synchronized SeekableByteChannel truncate(long size) throws IOException {
        if (size < 0) {
            throw new IllegalArgumentException("size: " + size + " is negative");
        }
        if (!writable) {
            throw new NonWritableChannelException();
        }
        if (size < size()) {
            var ignored = await(() -> file.resize(size));
        }
        position = Math.min(position, size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (!closed) {
                try {
                    var ignored = await(file::close);
                } finally {
                    closed = true;
                }
            }
        }
    }
}
