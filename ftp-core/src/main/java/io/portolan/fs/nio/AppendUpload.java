package io.portolan.fs.nio;

import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Writes at the end of a file that is there, in place. Others may append to the same file at the same time. */
final class AppendUpload implements WritableFile {

    private final VirtualPath path;
    private final SeekableByteChannel channel;
    private final long sizeBefore;
    private final boolean keep;
    private long written;
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
                written += channel.write(source);
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
            // what another session has appended meanwhile is not ours to cut off, even if some of ours stays between
            if (!committed && !keep && channel.isOpen() && channel.size() == sizeBefore + written) {
                channel.truncate(sizeBefore);
            }
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        }
    }
}
