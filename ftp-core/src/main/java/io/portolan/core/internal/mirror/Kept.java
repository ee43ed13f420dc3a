package io.portolan.core.internal.mirror;

import io.portolan.fs.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file that the mirror opened, and that the mirror commits and closes. */
public final class Kept implements WritableFile {

    private final WritableFile file;

    /** Passes on what is written, and nothing else. */
    public Kept(WritableFile file) {
        this.file = file;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        file.write(source);
    }

    @Override
    public void commit() {}

    @Override
    public void close() {}
}
