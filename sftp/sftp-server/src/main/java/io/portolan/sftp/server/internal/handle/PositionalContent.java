package io.portolan.sftp.server.internal.handle;

import io.portolan.fs.PositionalFiles.PositionalFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of a store that reads and writes at any place itself. */
final class PositionalContent implements FileContent {

    private final PositionalFile file;

    PositionalContent(PositionalFile file) {
        this.file = file;
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        return file.read(target, offset);
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
        file.write(source, offset);
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        file.truncate(size);
    }

    @Override
    public void force() throws IOException {
        file.force();
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
