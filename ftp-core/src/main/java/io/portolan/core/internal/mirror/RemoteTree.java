package io.portolan.core.internal.mirror;

import io.portolan.fs.ReadableFile;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import java.io.Closeable;
import java.io.IOException;

/** The tree behind one connection, used by one thread at a time. {@link #close} may come from any thread, and ends what is under way. */
public interface RemoteTree extends Tree, Closeable {

    /** Opens connections. */
    @FunctionalInterface
    interface Connector {
        RemoteTree connect() throws IOException;
    }

    /** Writes a file's content; returns only when it is known to be whole. Neither commits nor closes. */
    void download(VirtualPath file, WritableFile target) throws IOException;

    /**
     * Stores a file, in the place of one that is there only when it is whole, if the server can do that.
     *
     * @param size octets of the content
     */
    void upload(VirtualPath file, ReadableFile source, long size) throws IOException;

    /** Whether the connection can still be used, after something failed. */
    boolean isUsable();

    /** Whether trying again makes sense, perhaps over another connection. */
    boolean isRetryable(IOException failure);

    @Override
    void close();
}
