package io.portolan.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file open for writing forward, used by one thread at a time. It counts only once {@link #commit()} has returned: {@link #close()} without a
 * commit is an abort, after which the path shows what it showed before (see {@link PartialUploads} for what may be kept).
 */
public interface WritableFile extends Closeable {

    /**
     * Writes all of the buffer's remaining bytes behind those written before.
     *
     * @param source the bytes; consumed wholly unless this throws
     * @throws QuotaExceededException if there is no room
     * @throws IOException if writing fails
     */
    void write(ByteBuffer source) throws IOException;

    /**
     * Publishes what was written: the peer has said that the upload is whole. Nothing may be written afterwards.
     *
     * @throws java.nio.file.FileAlreadyExistsException if the file was to be new and another has appeared meanwhile
     * @throws IOException if it cannot be published; the file is then as good as aborted
     */
    void commit() throws IOException;

    /** Closes the file; without a {@link #commit()} before, aborts. May be called twice. */
    @Override
    void close() throws IOException;
}
