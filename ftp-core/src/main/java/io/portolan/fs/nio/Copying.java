package io.portolan.fs.nio;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;

/** Copies bytes between files of a store, in the kernel where it can. */
final class Copying {

    private static final int BUFFER = 64 * 1024;

    private Copying() {}

    /** Copies the first {@code count} bytes to where the target stands. */
    static void copy(SeekableByteChannel source, SeekableByteChannel target, long count) throws IOException {
        if (source instanceof FileChannel file) {
            long done = 0;
            while (done < count) {
                long copied = file.transferTo(done, count - done, target);
                if (copied <= 0) {
                    throw new EOFException("the file became shorter while it was copied");
                }
                done += copied;
            }
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long left = count;
        while (left > 0) {
            buffer.clear().limit((int) Math.min(left, buffer.capacity()));
            if (source.read(buffer) < 0) {
                throw new EOFException("the file became shorter while it was copied");
            }
            left -= buffer.position();
            buffer.flip();
            while (buffer.hasRemaining()) {
                target.write(buffer);
            }
        }
    }
}
