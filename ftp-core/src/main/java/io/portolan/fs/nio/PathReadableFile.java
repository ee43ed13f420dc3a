package io.portolan.fs.nio;

import io.portolan.fs.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** A file of the store, read forward. */
final class PathReadableFile implements ReadableFile {

    /** Enough to skip with where a channel cannot be positioned. */
    private static final int SKIP_BUFFER = 64 * 1024;

    private final SeekableByteChannel channel;
    private final boolean zeroCopy;

    /**
     * Takes over a channel.
     *
     * @param zeroCopy whether the channel may be handed out, as a file of the platform's own
     */
    PathReadableFile(SeekableByteChannel channel, boolean zeroCopy) {
        this.channel = channel;
        this.zeroCopy = zeroCopy;
    }

    /** Goes to where reading is to begin. */
    static void skip(SeekableByteChannel channel, long offset) throws IOException {
        if (offset == 0) {
            return;
        }
        try {
            // some providers do not take a position behind the end
            channel.position(Math.min(offset, channel.size()));
        } catch (UnsupportedOperationException sequential) {
            ByteBuffer buffer = ByteBuffer.allocate(SKIP_BUFFER);
            long left = offset;
            while (left > 0) {
                buffer.clear().limit((int) Math.min(left, buffer.capacity()));
                int read = channel.read(buffer);
                if (read < 0) {
                    return;
                }
                left -= read;
            }
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public Optional<FileChannel> fileChannel() {
        return zeroCopy && channel instanceof FileChannel file ? Optional.of(file) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
