package io.portolan.sftp.server.internal.handle;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of a store that can only be read forward. As long as the peer goes on where it was, the file is read on; where it jumps, the file is opened anew
 * at that place, which is an object store's ranged GET.
 */
final class SequentialReader implements FileContent {

    private final VirtualFileSystem files;
    private final VirtualPath path;
    private @Nullable ReadableFile file;
    private long position;

    /** The file must be there; opening it tells. */
    SequentialReader(VirtualFileSystem files, VirtualPath path) throws IOException {
        this.files = files;
        this.path = path;
        this.file = files.openRead(path, 0);
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        ReadableFile open = file;
        if (open == null || offset != position) {
            close();
            open = files.openRead(path, offset);
            file = open;
            position = offset;
        }
        int count = open.read(target);
        if (count > 0) {
            position += count;
        }
        return count;
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
        throw new OperationNotSupportedException("write", path);
    }

    @Override
    public long size() throws IOException {
        return files.stat(path, LinkHandling.FOLLOW).size();
    }

    @Override
    public void truncate(long size) throws IOException {
        throw new OperationNotSupportedException("truncate", path);
    }

    @Override
    public void force() {}

    @Override
    public void commit() {}

    @Override
    public void close() throws IOException {
        ReadableFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
