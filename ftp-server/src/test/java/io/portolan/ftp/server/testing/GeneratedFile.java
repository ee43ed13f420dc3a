package io.portolan.ftp.server.testing;

import io.portolan.fs.ReadableFile;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file of zeros that takes no room, of any size. */
public final class GeneratedFile implements ReadableFile {

    private final AtomicBoolean closed = new AtomicBoolean();
    private long left;

    public GeneratedFile(long size) {
        this.left = size;
    }

    @Override
    public int read(ByteBuffer target) {
        if (left == 0) {
            return -1;
        }
        int length = (int) Math.min(left, target.remaining());
        for (int i = 0; i < length; i++) {
            target.put((byte) 0);
        }
        left -= length;
        return length;
    }

    @Override
    public void close() {
        closed.set(true);
    }

    public boolean isClosed() {
        return closed.get();
    }
}
