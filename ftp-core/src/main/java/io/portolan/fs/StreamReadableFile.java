package io.portolan.fs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Reads from a stream, by way of an array where the target is not one itself. */
final class StreamReadableFile implements ReadableFile {

    /** As much as servers ask for at a time. */
    private static final int MAX_CHUNK = 64 * 1024;

    private final InputStream content;
    private byte[] chunk = {};

    StreamReadableFile(InputStream content) {
        this.content = Objects.requireNonNull(content, "content");
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int wanted = Math.min(target.remaining(), MAX_CHUNK);
        if (target.hasArray()) {
            int count = content.read(target.array(), target.arrayOffset() + target.position(), wanted);
            if (count > 0) {
                target.position(target.position() + count);
            }
            return count;
        }
        if (chunk.length < wanted) {
            chunk = new byte[wanted];
        }
        int count = content.read(chunk, 0, wanted);
        if (count > 0) {
            target.put(chunk, 0, count);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
