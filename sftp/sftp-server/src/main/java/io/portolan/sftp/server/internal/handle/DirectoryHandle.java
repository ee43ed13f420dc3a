package io.portolan.sftp.server.internal.handle;

import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.attributes.NameWriter;
import io.portolan.sftp.server.internal.engine.OpenHandle;
import io.portolan.sftp.server.internal.engine.Wanted;
import io.portolan.sftp.server.internal.engine.WorkQueue;
import io.portolan.ssh.internal.wire.SshWriter;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An open directory. Its entries are pulled as the peer asks for them, a packet's worth at a time. */
public final class DirectoryHandle extends OpenHandle {

    /** How many entries are pulled at a time. */
    private static final int BATCH = 128;

    /** The last entry of a packet may exceed the size that was asked for: room for all but the longest names. */
    private static final int USUAL_ENTRY = 1024;

    private final VirtualFileSystem files;
    private final EntryStream entries;
    private final NameWriter names;
    private final FileInfo self;
    private final FileInfo parent;
    private final Deque<DirectoryEntry> pulled = new ArrayDeque<>();
    private final Consumer<FileInfo> told;
    private boolean dotsTold;
    private boolean ended;
    private boolean closed;
    private @Nullable Portion ahead;

    /** What stands in {@link #ahead}, or in the portion that was given last. */
    private List<DirectoryEntry> written = List.of();

    /** {@link io.portolan.sftp.server.internal.engine.SftpChannel#changes} when entries were last asked for. */
    private long changesSeen;

    private @Nullable Throwable failure;
    private boolean isAhead;

    private DirectoryHandle(
            WorkQueue queue,
            VirtualPath path,
            VirtualFileSystem files,
            EntryStream entries,
            NameWriter names,
            FileInfo self,
            FileInfo parent,
            Consumer<FileInfo> told) {
        super(queue, path);
        this.told = told;
        this.files = files;
        this.entries = entries;
        this.names = names;
        this.self = self;
        this.parent = parent;
    }

    /**
     * Opens a directory. Blocks.
     *
     * @param version of the protocol, in which entries are written
     * @param told hears of each file of which the peer is told, on the lane
     */
    public static DirectoryHandle open(
            WorkQueue queue, VirtualFileSystem files, VirtualPath path, int version, Consumer<FileInfo> told)
            throws IOException {
        FileInfo self = files.stat(path, LinkHandling.FOLLOW);
        FileInfo parent = path.isRoot() ? self : parentOf(files, path, self);
        return new DirectoryHandle(
                queue, path, files, files.list(path), new NameWriter(version, Instant.now()), self, parent, told);
    }

    private static FileInfo parentOf(VirtualFileSystem files, VirtualPath path, FileInfo self) {
        try {
            return files.stat(path.parent(), LinkHandling.FOLLOW);
        } catch (IOException e) {
            // nothing to fail a listing for
            return self;
        }
    }

    /**
     * Entries as they stand in NAME.
     *
     * @param count how many there are; 0 at the end
     */
    public record Portion(SshWriter entries, int count) {}

    /**
     * The next entries, as many as do not exceed a size. Blocks.
     *
     * @param maxOctets how much may be written; one entry is written whatever its size
     */
    public Portion next(int maxOctets) throws IOException {
        tellFailure();
        Portion read = ahead;
        ahead = null;
        return read == null ? write(maxOctets) : read;
    }

    /**
     * Whether the client may have changed something since entries were last asked for: then {@link #leaveOutGone} is to come before {@link #next}. On the event loop.
     *
     * @param changes {@link io.portolan.sftp.server.internal.engine.SftpChannel#changes} now
     */
    public boolean isOutdated(long changes) {
        boolean outdated = changes != changesSeen;
        changesSeen = changes;
        return outdated;
    }

    /** Leaves out what was read before it was asked for, and has gone meanwhile: a client that has removed a file must not find it in a list that it asks for afterwards. Blocks. */
    public void leaveOutGone() {
        List<DirectoryEntry> waiting = new ArrayList<>();
        if (ahead != null) {
            waiting.addAll(written);
            ahead = null;
        }
        waiting.addAll(pulled);
        pulled.clear();
        for (DirectoryEntry entry : waiting) {
            if (!isGone(entry)) {
                pulled.add(entry);
            }
        }
    }

    private boolean isGone(DirectoryEntry entry) {
        if (isDetached()) {
            // removed with all that was in it; or nobody knows where it is
            return !isElsewhere();
        }
        try {
            files.stat(path().child(entry.name()), LinkHandling.NO_FOLLOW);
            return false;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException | InvalidPathException e) {
            // nothing to leave it out for
            return false;
        }
    }

    private void tellFailure() throws IOException {
        Throwable failed = failure;
        failure = null;
        if (failed instanceof IOException e) {
            throw e;
        } else if (failed instanceof RuntimeException e) {
            throw e;
        } else if (failed instanceof Error e) {
            throw e;
        } else if (failed != null) {
            throw new IOException(failed);
        }
    }

    /** Gets the next entries before they are asked for: {@link #next} gives them, or tells what has failed. On its lane; blocks. */
    public void readAhead(int maxOctets) {
        if (closed || ended || ahead != null || failure != null) {
            return;
        }
        try {
            ahead = write(maxOctets);
        } catch (Throwable e) {
            // of whatever kind: entries may have been lost, which must not look like the end
            failure = e;
        }
    }

    private Portion write(int maxOctets) throws IOException {
        SshWriter out = new SshWriter(maxOctets + USUAL_ENTRY);
        int count = 0;
        List<DirectoryEntry> all = new ArrayList<>();
        if (!dotsTold) {
            dotsTold = true;
            told.accept(self);
            told.accept(parent);
            names.entry(out, ".", self);
            names.entry(out, "..", parent);
            count = 2;
        }
        while (out.size() < maxOctets) {
            DirectoryEntry entry = pull();
            if (entry == null) {
                break;
            }
            told.accept(entry.info());
            names.entry(out, entry.name(), entry.info());
            all.add(entry);
            count++;
        }
        written = all;
        return new Portion(out, count);
    }

    /** Whether there is something read ahead, or will be: on the event loop, where places for that are counted. */
    public boolean isAhead() {
        return isAhead;
    }

    /** Sets {@link #isAhead}. On the event loop. */
    public void setAhead(boolean value) {
        isAhead = value;
    }

    /** Whether all entries have been written. On its lane. */
    public boolean isAtEnd() {
        return ended;
    }

    private @Nullable DirectoryEntry pull() throws IOException {
        if (pulled.isEmpty() && !ended) {
            pulled.addAll(entries.next(BATCH));
            ended = pulled.isEmpty();
        }
        return pulled.poll();
    }

    @Override
    public FileInfo info() {
        return self;
    }

    @Override
    public void set(Wanted wanted) throws IOException {
        throw new OperationNotSupportedException("set attributes of an open directory", path());
    }

    /** Closes it. Blocks. */
    public void finish() throws IOException {
        if (!closed) {
            closed = true;
            ahead = null;
            entries.close();
        }
    }

    @Override
    public void abort() throws IOException {
        finish();
    }

    @Override
    public void aborted() {}
}
