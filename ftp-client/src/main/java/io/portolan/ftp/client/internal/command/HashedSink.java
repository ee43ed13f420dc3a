package io.portolan.ftp.client.internal.command;

import io.portolan.fs.ReadableFile;
import io.portolan.fs.WritableFile;
import io.portolan.transfer.TransferSink;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A sink whose octets are hashed as they are written, behind those that are there already. On a lane. */
record HashedSink(TransferSink sink, Hasher hasher) implements TransferSink {

    private static final int PORTION = 256 * 1024;

    @Override
    public WritableFile open(long offset) throws IOException {
        if (offset > 0) {
            hashKept(offset);
        }
        return new Open(sink.open(offset), hasher);
    }

    private void hashKept(long octets) throws IOException {
        try (ReadableFile kept =
                sink.openKept().orElseThrow(() -> new IOException("what has come earlier cannot be read any more"))) {
            ByteBuffer part = ByteBuffer.allocate((int) Math.min(PORTION, octets));
            long left = octets;
            while (left > 0) {
                part.clear().limit((int) Math.min(PORTION, left));
                int count = kept.read(part);
                if (count < 0) {
                    throw new IOException("what has come earlier ends before octet " + octets);
                }
                hasher.update(part.flip());
                left -= count;
            }
        }
    }

    private record Open(WritableFile file, Hasher hasher) implements WritableFile {
        @Override
        public void write(ByteBuffer source) throws IOException {
            hasher.update(source);
            file.write(source);
        }

        @Override
        public void commit() throws IOException {
            file.commit();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
