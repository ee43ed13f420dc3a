package io.portolan.sftp.server.internal.handle;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The content of an open file, as SFTP wants it: at any place. Used by one thread at a time; blocks. */
interface FileContent extends Closeable {

    /** Reads at a place: 1 octet or more, or -1 if the place is at or behind the end. */
    int read(ByteBuffer target, long offset) throws IOException;

    /** Writes all of a buffer at a place. */
    void write(ByteBuffer source, long offset) throws IOException;

    /** How long the file is with what was written. */
    long size() throws IOException;

    /** Cuts or extends the file. */
    void truncate(long size) throws IOException;

    /** Returns when what was written is on the storage device. */
    void force() throws IOException;

    /** Publishes what was written. */
    void commit() throws IOException;

    /** Closes the file; without {@link #commit} what was written may be dropped. */
    @Override
    void close() throws IOException;
}
