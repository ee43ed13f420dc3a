package io.portolan.core.internal.mirror;

import io.portolan.fs.ReadableFile;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.OptionalLong;

/** A file that the mirror has opened at its beginning, and that the mirror closes. */
public final class OpenSource implements TransferSource {

    private final ReadableFile file;
    private final long size;

    /**
     * Gives what is read, once.
     *
     * @param size octets of the content
     */
    public OpenSource(ReadableFile file, long size) {
        this.file = file;
        this.size = size;
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(size);
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public ReadableFile open(long offset) throws IOException {
        if (offset != 0) {
            throw new IOException("opened at its beginning");
        }
        return new ReadableFile() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                return file.read(target);
            }

            @Override
            public Optional<FileChannel> fileChannel() {
                return file.fileChannel();
            }

            @Override
            public void close() {}
        };
    }
}
