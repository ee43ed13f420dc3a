package io.portolan.sftp.server.internal.engine;

import io.portolan.fs.FileInfo;
import io.portolan.fs.VirtualPath;
import java.io.IOException;

/** A file or a directory that the peer has open. */
public abstract class OpenHandle {

    private final WorkQueue queue;
    private final VirtualPath path;
    private boolean closing;

    private int id;

    /** What runs on the queue may use what is open, one at a time. */
    protected OpenHandle(WorkQueue queue, VirtualPath path) {
        this.queue = queue;
        this.path = path;
    }

    /** Where all that is done with it runs. */
    public final WorkQueue queue() {
        return queue;
    }

    /** What was opened. */
    public final VirtualPath path() {
        return path;
    }

    /** The four octets that the peer knows it by. */
    public final int id() {
        return id;
    }

    final void setId(int number) {
        id = number;
    }

    /** Whether CLOSE has come: nothing more may be asked of it. */
    public final boolean isClosing() {
        return closing;
    }

    /** CLOSE has come. */
    public final void closing() {
        closing = true;
    }

    /**
     * What is known of it, as those see it who use the handle. Blocks: on its lane, or while no request that changes it is under way.
     *
     * @throws IOException if it cannot be told
     */
    public abstract FileInfo info() throws IOException;

    /**
     * Sets what is wanted. Blocks, as {@link #info}.
     *
     * @throws IOException if it cannot be set
     */
    public abstract void set(Wanted wanted) throws IOException;

    /** The channel has gone while it is open: closes it, on its lane. What was uploaded and not finished is dropped. Does nothing if it is closed. */
    public abstract void abort() throws IOException;

    /** The channel has gone while it was open; on the event loop, after {@link #abort} has returned. */
    public abstract void aborted();
}
