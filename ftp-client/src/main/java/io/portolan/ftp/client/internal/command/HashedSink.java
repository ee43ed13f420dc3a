package io.portolan.ftp.client.internal.command;

import io.portolan.fs.WritableFile;
import io.portolan.transfer.TransferSink;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A sink whose octets are hashed as they are written. On a lane. */
record HashedSink(TransferSink sink, Hasher hasher) implements TransferSink {

    @Override
    public WritableFile open(long offset) throws IOException {
        return new Open(sink.open(offset), hasher);
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
