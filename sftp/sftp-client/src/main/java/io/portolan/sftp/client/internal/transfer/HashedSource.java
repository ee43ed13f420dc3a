package io.portolan.sftp.client.internal.transfer;

import io.portolan.fs.ReadableFile;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** A source whose octets are hashed as they are read, those that are left out as well. On a lane. */
record HashedSource(TransferSource source, Hasher hasher, BooleanSupplier stopped) implements TransferSource {

    private static final int PORTION = 256 * 1024;

    @Override
    public OptionalLong size() throws IOException {
        return source.size();
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public ReadableFile open(long offset) throws IOException {
        ReadableFile file = source.open(0);
        try {
            Open open = new Open(file, hasher);
            ByteBuffer skipped = ByteBuffer.allocate((int) Math.min(PORTION, offset));
            long left = offset;
            while (left > 0) {
                if (stopped.getAsBoolean()) {
                    // an hour's reading for nobody
                    throw new IOException("nobody wants what is read any more");
                }
                skipped.clear().limit((int) Math.min(PORTION, left));
                int count = open.read(skipped);
                if (count < 0) {
                    throw new IOException("offset " + offset + " lies behind the end of what is to be sent");
                }
                UploadSource.requireProgress(count);
                left -= count;
            }
            return open;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private record Open(ReadableFile file, Hasher hasher) implements ReadableFile {
        @Override
        public int read(ByteBuffer target) throws IOException {
            int start = target.position();
            int count = file.read(target);
            if (count > 0) {
                hasher.update(target.duplicate().limit(target.position()).position(start));
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
