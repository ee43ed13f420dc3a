package io.portolan.core.internal.codec;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * MODE Z's compressing end (draft-preston-ftpext-deflate-04): one zlib stream per transfer. Holds native memory until {@link #close()}; not for several threads
 * at a time.
 */
public final class DeflateEncoder implements AutoCloseable {

    /** Octets by which the output grows while it is being written. */
    private static final int STEP = 8 * 1024;

    private final Deflater deflater;
    private boolean closed;

    /**
     * Makes an encoder.
     *
     * @param level 1, the fastest, to 9, the smallest; 0 does not compress, -1 is zlib's default
     */
    public DeflateEncoder(int level) {
        deflater = new Deflater(level);
    }

    /** Compresses all of {@code in}, appending to {@code out} what the compressor gives away already, which may be nothing. */
    public void encode(ByteBuf in, ByteBuf out) {
        for (ByteBuffer part : in.nioBuffers()) {
            deflater.setInput(part);
            while (!deflater.needsInput()) {
                step(out);
            }
        }
        in.skipBytes(in.readableBytes());
    }

    /** Appends the stream's end. */
    public void finish(ByteBuf out) {
        deflater.finish();
        while (!deflater.finished()) {
            step(out);
        }
    }

    private void step(ByteBuf out) {
        out.ensureWritable(STEP);
        int written = deflater.deflate(out.nioBuffer(out.writerIndex(), out.writableBytes()));
        out.writerIndex(out.writerIndex() + written);
    }

    /** Frees the native memory. May be called twice. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            deflater.end();
        }
    }
}
