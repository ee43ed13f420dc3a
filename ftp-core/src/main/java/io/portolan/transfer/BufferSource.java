package io.portolan.transfer;

import io.portolan.fs.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** Octets in memory; the buffer begins at its position 0. */
record BufferSource(ByteBuffer content) implements TransferSource {

    @Override
    public OptionalLong size() {
        return OptionalLong.of(content.limit());
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public ReadableFile open(long offset) throws IOException {
        Offsets.check(offset, content.limit());
        ByteBuffer rest = content.duplicate();
        rest.position((int) offset);
        return new Open(rest);
    }

    private record Open(ByteBuffer rest) implements ReadableFile {
        @Override
        public int read(ByteBuffer target) {
            int count = Math.min(rest.remaining(), target.remaining());
            if (count == 0) {
                return -1;
            }
            target.put(target.position(), rest, rest.position(), count);
            target.position(target.position() + count);
            rest.position(rest.position() + count);
            return count;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
