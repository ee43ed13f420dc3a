package io.portolan.ftp.server.internal.command;

import io.portolan.fs.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The first bytes of a file. */
final class BoundedFile implements ReadableFile {

    private final ReadableFile file;
    private long left;

    BoundedFile(ReadableFile file, long length) {
        this.file = file;
        this.left = length;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (left <= 0) {
            return -1;
        }
        int limit = target.limit();
        if (target.remaining() > left) {
            target.limit(target.position() + (int) left);
        }
        try {
            int read = file.read(target);
            if (read > 0) {
                left -= read;
            }
            return read;
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
