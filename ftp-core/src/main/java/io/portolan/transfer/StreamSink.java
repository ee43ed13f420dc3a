package io.portolan.transfer;

import io.portolan.fs.WritableFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A stream, by way of an array where the octets do not lie in one. */
record StreamSink(OutputStream target) implements TransferSink {

    private static final int CHUNK = 64 * 1024;

    StreamSink {
        Objects.requireNonNull(target, "target");
    }

    @Override
    public WritableFile open(long offset) throws IOException {
        Offsets.requireBeginning(offset, "a stream");
        return new Open(target);
    }

    private static final class Open implements WritableFile {
        private final OutputStream target;
        private byte[] chunk = {};

        Open(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(ByteBuffer source) throws IOException {
            if (source.hasArray()) {
                target.write(source.array(), source.arrayOffset() + source.position(), source.remaining());
                source.position(source.limit());
                return;
            }
            while (source.hasRemaining()) {
                int count = Math.min(CHUNK, source.remaining());
                if (chunk.length < count) {
                    chunk = new byte[count];
                }
                source.get(chunk, 0, count);
                target.write(chunk, 0, count);
            }
        }

        @Override
        public void commit() throws IOException {
            target.flush();
        }

        @Override
        public void close() {
            // it is its owner's
        }
    }
}
