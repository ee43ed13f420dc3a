package io.portolan.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Writes to a new file, and leaves out what is zero anyway: whole blocks of it, as file systems have no smaller holes. Not for several threads. */
final class SparseChannel {

    /** The block of nearly all file systems, and a divisor of the others'. */
    static final int BLOCK = 4096;

    private static final ByteBuffer ZEROS = ByteBuffer.allocate(BLOCK).asReadOnlyBuffer();

    private final SeekableByteChannel channel;
    private long position;

    /** Of a file that has nothing behind the channel's position. */
    SparseChannel(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        this.position = channel.position();
    }

    /** Writes all that remains in a buffer. */
    void write(ByteBuffer source) throws IOException {
        int end = source.limit();
        while (source.hasRemaining()) {
            int begin = source.position();
            boolean zeros = takeBlocks(source, end, true);
            if (!zeros) {
                takeBlocks(source, end, false);
                writeFrom(source, begin, source.position(), end);
            }
            position += source.position() - begin;
        }
    }

    /** Moves on over blocks, parts of blocks at both ends, that are all zero, or that are not; returns whether there were any. */
    private boolean takeBlocks(ByteBuffer source, int end, boolean zeros) {
        int begin = source.position();
        while (source.position() < end) {
            long at = position + source.position() - begin;
            int length = (int) Math.min(BLOCK - at % BLOCK, end - source.position());
            if (isZero(source.slice(source.position(), length)) != zeros) {
                break;
            }
            source.position(source.position() + length);
        }
        return source.position() > begin;
    }

    private static boolean isZero(ByteBuffer block) {
        return block.mismatch(ZEROS.slice(0, block.remaining())) < 0;
    }

    private void writeFrom(ByteBuffer source, int begin, int to, int end) throws IOException {
        channel.position(position);
        source.position(begin).limit(to);
        while (source.hasRemaining()) {
            channel.write(source);
        }
        source.limit(end);
    }

    /** Gives the file its length, if it ends in zeros. */
    void finish() throws IOException {
        if (channel.size() < position) {
            channel.position(position - 1);
            channel.write(ByteBuffer.allocate(1));
        }
    }
}
