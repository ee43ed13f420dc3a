package io.portolan.fs;

import io.portolan.fs.PositionalFiles.PositionalFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** An open file of an {@link ObservedFileSystem}: when it is closed it tells whether it was written and committed, or only read. */
final class ObservedPositionalFile implements PositionalFile {

    private final PositionalFile file;
    private final Consumer<Boolean> closing;
    private boolean read;
    private boolean written;
    private boolean committed;
    private boolean closed;

    ObservedPositionalFile(PositionalFile file, Consumer<Boolean> closing) {
        this.file = file;
        this.closing = closing;
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        read = true;
        return file.read(target, offset);
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
        file.write(source, offset);
        written = true;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        file.truncate(size);
        written = true;
    }

    @Override
    public void force() throws IOException {
        file.force();
    }

    @Override
    public void commit() throws IOException {
        file.commit();
        committed = true;
    }

    @Override
    public void close() throws IOException {
        file.close();
        if (closed) {
            return;
        }
        closed = true;
        if (committed && (written || !read)) {
            closing.accept(true);
        } else if (read) {
            closing.accept(false);
        }
    }
}
