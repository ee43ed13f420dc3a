package io.portolan.transfer;

import io.portolan.fs.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Octets in memory, no more than a limit. Made by {@link TransferSink#toBytes}; one download at a time. */
public final class ByteSink implements TransferSink {

    private static final int FIRST_SIZE = 8 * 1024;

    private final int limit;
    private volatile byte[] committed = {};

    ByteSink(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit: " + limit + " is negative");
        }
        this.limit = limit;
    }

    /**
     * What was downloaded.
     *
     * @return a copy of the octets of the last download that was whole; none before
     */
    public byte[] bytes() {
        return committed.clone();
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public WritableFile open(long offset) throws IOException {
        Offsets.requireBeginning(offset, "a download into memory");
        return new Open();
    }

    private final class Open implements WritableFile {
        private byte[] content = {};
        private int length;

        @Override
        public void write(ByteBuffer source) throws IOException {
            int count = source.remaining();
            if (count > limit - length) {
                throw new IOException("there are more than the " + limit + " octets that are wanted");
            }
            if (count > content.length - length) {
                long grown = Math.max(length + (long) count, Math.max(FIRST_SIZE, 2L * content.length));
                content = Arrays.copyOf(content, (int) Math.min(limit, grown));
            }
            source.get(content, length, count);
            length += count;
        }

        @Override
        public void commit() {
            committed = Arrays.copyOf(content, length);
        }

        @Override
        public void close() {
            content = new byte[0];
        }
    }
}
