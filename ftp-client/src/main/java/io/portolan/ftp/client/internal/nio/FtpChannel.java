package io.portolan.ftp.client.internal.nio;

import io.portolan.ftp.client.RemoteEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A file that is read from any place on, each time by a download of its own, or written from one place on. One call at a time. */
abstract class FtpChannel implements SeekableByteChannel {

    /** What moves at a time between a buffer and a stream. */
    private static final int PART = 64 * 1024;

    private volatile boolean closed;
    long position;

    void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        throw new NonReadableChannelException();
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        requireOpen();
        throw new NonWritableChannelException();
    }

    @Override
    public synchronized long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public final synchronized SeekableByteChannel position(long newPosition) throws IOException {
        requireOpen();
        if (newPosition < 0) {
            throw new IllegalArgumentException("newPosition: " + newPosition + " is negative");
        }
        if (newPosition != position) {
            move(newPosition);
        }
        return this;
    }

    abstract void move(long newPosition) throws IOException;

    @Override
    public final boolean isOpen() {
        return !closed;
    }

    @Override
    public final void close() throws IOException {
        synchronized (this) {
            if (!closed) {
                closed = true;
                end();
            }
        }
    }

    abstract void end() throws IOException;

    /** One that is read. */
    static final class Reading extends FtpChannel {
        private final FtpFiles files;
        private final String path;
        private final OptionalLong size;
        private @Nullable InputStream stream;

        Reading(FtpFiles files, String path, RemoteEntry entry) {
            this.files = files;
            this.path = path;
            this.size = entry.size();
        }

        @Override
        public synchronized int read(ByteBuffer target) throws IOException {
            requireOpen();
            if (!target.hasRemaining()) {
                return 0;
            }
            InputStream open = stream;
            if (open == null) {
                if (position > 0 && position >= size()) {
                    return -1;
                }
                open = files.read(path, position);
                stream = open;
            }
            byte[] part = new byte[Math.min(PART, target.remaining())];
            int count = open.read(part);
            if (count > 0) {
                target.put(part, 0, count);
                position += count;
            }
            return count;
        }

        @Override
        public long size() throws IOException {
            requireOpen();
            if (size.isEmpty()) {
                throw new IOException(path + ": the server does not tell its size");
            }
            return size.getAsLong();
        }

        @Override
        void move(long newPosition) throws IOException {
            end();
            position = newPosition;
        }

        @Override
        public SeekableByteChannel truncate(long newSize) throws IOException {
            requireOpen();
            throw new NonWritableChannelException();
        }

        @Override
        void end() throws IOException {
            InputStream open = stream;
            stream = null;
            if (open != null) {
                open.close();
            }
        }
    }

    /** One that is written, from its beginning or its end. */
    static final class Writing extends FtpChannel {
        private final OutputStream stream;

        Writing(OutputStream stream, long begin) {
            this.stream = stream;
            this.position = begin;
        }

        @Override
        public synchronized int write(ByteBuffer source) throws IOException {
            requireOpen();
            int count = source.remaining();
            while (source.hasRemaining()) {
                byte[] part = new byte[Math.min(PART, source.remaining())];
                source.get(part);
                stream.write(part);
            }
            position += count;
            return count;
        }

        @Override
        public long size() throws IOException {
            return position();
        }

        @Override
        void move(long newPosition) {
            throw new UnsupportedOperationException("FTP writes one octet after the other");
        }

        @Override
        public synchronized SeekableByteChannel truncate(long newSize) throws IOException {
            requireOpen();
            if (newSize < 0) {
                throw new IllegalArgumentException("newSize: " + newSize + " is negative");
            }
            if (newSize < position) {
                throw new UnsupportedOperationException("FTP does not cut files off");
            }
            return this;
        }

        @Override
        void end() throws IOException {
            stream.close();
        }
    }
}
