package io.portolan.fs;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** A file open for reading forward, used by one thread at a time. */
public interface ReadableFile extends Closeable {

    /**
     * Reads the next bytes.
     *
     * @param target where they go; has room for at least one byte, may be a direct buffer
     * @return how many bytes were read, 1 or more, or -1 at the end. Short reads are fine; 0 is not
     * @throws IOException if reading fails
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * The one door to zero-copy: a channel on the same file whose position is where the next {@link #read} would begin. A caller that takes
     * it does not call {@link #read} afterwards, and leaves closing to {@link #close()}. Decorators that look at the bytes do not pass it on.
     *
     * @return the channel of the platform's own file, or empty if there is none
     */
    default Optional<FileChannel> fileChannel() {
        return Optional.empty();
    }

    /**
     * A file whose content comes from a stream, such as the answer of a database or of an object store.
     *
     * @param content the content from the offset that was asked for; closed with the file
     * @return the file
     */
    static ReadableFile of(InputStream content) {
        return new StreamReadableFile(content);
    }

    /** Closes the file. May be called twice. */
    @Override
    void close() throws IOException;
}
