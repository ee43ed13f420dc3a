package io.portolan.sftp.server.internal.request;

import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.handle.FileHandle;
import io.portolan.sftp.server.internal.handle.GoingOn;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A part of a file's content, read piece by piece from its begin. Used by one thread at a time; blocks. */
final class ContentRange implements AutoCloseable {

    /**
     * How much one request may read: minutes of work at most. Without it a sparse file, which costs nothing to make, would cost years to look through.
     */
    static final long MAX_OCTETS = 1L << 38;

    /** How much is read at a time. */
    static final int BUFFER = 256 * 1024;

    @FunctionalInterface
    private interface Source {
        void fill(ByteBuffer target, long offset) throws IOException;
    }

    private final Source source;
    private final AutoCloseable open;
    private final GoingOn going;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long offset;
    private long left;
    private long octets;

    private ContentRange(Source source, AutoCloseable open, long offset, long length, GoingOn going) {
        this.source = source;
        this.open = open;
        this.going = going;
        this.offset = offset;
        this.left = length == 0 ? Long.MAX_VALUE : length;
    }

    /** Of an open file; 0 octets are all to the end. */
    static ContentRange of(FileHandle file, long offset, long length, GoingOn going) {
        return new ContentRange(file::read, () -> {}, offset, length, going);
    }

    /** Of a file that is opened for that. */
    static ContentRange of(VirtualFileSystem files, VirtualPath path, long offset, long length, GoingOn going)
            throws IOException {
        return of(files.openRead(path, offset), offset, length, going);
    }

    /** Of a file that stands at the begin of the part, and is closed with it. */
    static ContentRange of(ReadableFile file, long offset, long length, GoingOn going) {
        Source forward = (target, at) -> {
            int count = 0;
            while (target.hasRemaining() && count >= 0) {
                count = file.read(target);
            }
        };
        return new ContentRange(forward, file, offset, length, going);
    }

    /**
     * The next piece, of at most so many octets: empty at the end. It is overwritten by the next.
     *
     * @throws RequestFailure if it is too much, or nobody waits for it any more
     */
    ByteBuffer next(long most) throws IOException {
        going.check();
        buffer.clear().limit((int) Math.min(Math.min(most, left), BUFFER));
        source.fill(buffer, offset);
        buffer.flip();
        offset += buffer.remaining();
        left -= buffer.remaining();
        octets += buffer.remaining();
        if (octets > MAX_OCTETS) {
            throw new RequestFailure(SftpStatus.FAILURE, "That is too much for one request");
        }
        return buffer;
    }

    /** How many octets have been read. */
    long octets() {
        return octets;
    }

    @Override
    public void close() throws IOException {
        try {
            open.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
