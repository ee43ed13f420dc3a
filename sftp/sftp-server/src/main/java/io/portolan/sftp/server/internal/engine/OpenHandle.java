package io.portolan.sftp.server.internal.engine;

import io.portolan.fs.FileInfo;
import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file or a directory that the peer has open. */
public abstract class OpenHandle {

    private final WorkQueue queue;
    /** Changed by the requests that rename, read on all lanes. */
    private volatile VirtualPath path;

    /** Where it will be for a moment when it is closed, if that is not where it is. */
    private volatile @Nullable VirtualPath origin;

    private volatile boolean detached;

    /** Where it is nobody can tell, but it is. */
    private volatile boolean elsewhere;

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

    /** Where it is: where it was opened, or where the channel has renamed it to. If it {@link #isDetached} it was there last. */
    public final VirtualPath path() {
        return path;
    }

    /** All paths at which requests on it may be seen. */
    final List<VirtualPath> places() {
        // in this order, as where it will be published is known before it has its new path
        VirtualPath known = path;
        VirtualPath published = origin;
        return published == null ? List.of(known) : List.of(known, published);
    }

    /** Whatever it is renamed to, closing it is to be seen here as well; null for at its path only. */
    protected final void closesAt(@Nullable VirtualPath published) {
        origin = published;
    }

    /** Whether the channel has removed it, or has put another one in its place: what is at its path is not this. */
    public final boolean isDetached() {
        return detached;
    }

    /**
     * The link through which it was opened, whose name its path is.
     *
     * @param now the link that is there now
     * @return empty if it is known by that name itself
     */
    public Optional<LinkTarget> openedThrough(Optional<LinkTarget> now) {
        return now;
    }

    /** Whether it {@link #isDetached} only because nobody can tell its path: the link to it has gone. */
    public final boolean isElsewhere() {
        return elsewhere;
    }

    /** The link through which it was opened has gone, and where that led cannot be told. */
    final void loseTrack() {
        elsewhere = true;
        detached = true;
    }

    /** It has been renamed, or a directory above it. */
    final void moved(VirtualPath to) {
        path = to;
        moved();
    }

    /** It has another path. While no request on it is under way. */
    protected void moved() {}

    /** It is not at its path any more. */
    final void detach() {
        detached = true;
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
