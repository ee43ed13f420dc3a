package io.portolan.fs.nio;

import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Writes at the end of a file that is there, in place. */
final class AppendUpload implements WritableFile {

    private final VirtualPath path;
    private final SeekableByteChannel channel;
    private final long sizeBefore;
    private final boolean keep;
    private boolean committed;

    /**
     * Takes over a channel.
     *
     * @param channel open for appending
     * @param keep whether what was appended stays after an abort
     */
    AppendUpload(VirtualPath path, SeekableByteChannel channel, boolean keep) throws IOException {
        this.path = path;
        this.channel = channel;
        this.sizeBefore = channel.size();
        this.keep = keep;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        try {
            while (source.hasRemaining()) {
                channel.write(source);
            }
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        }
    }

    @Override
    public void commit() throws IOException {
        try {
            channel.close();
            committed = true;
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (!committed && !keep && channel.isOpen()) {
                channel.truncate(sizeBefore);
            }
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        }
    }
}
