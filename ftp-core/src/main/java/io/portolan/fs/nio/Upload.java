package io.portolan.fs.nio;

import io.portolan.fs.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An upload: nobody sees it before {@link #commit()}. */
final class Upload implements WritableFile {

    private final PendingFile file;
    private long size;

    /**
     * Takes over a file.
     *
     * @param size how much is in it, behind which writing begins
     */
    Upload(PendingFile file, long size) {
        this.file = file;
        this.size = size;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        try {
            while (source.hasRemaining()) {
                size += file.channel().write(source);
            }
        } catch (IOException failed) {
            throw Failures.of(file.path(), failed);
        }
    }

    @Override
    public void commit() throws IOException {
        file.publish();
    }

    @Override
    public void close() throws IOException {
        file.close(size);
    }
}
