package io.portolan.sftp.server.internal.handle;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.PositionalFiles.Access;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.HandleLocks;
import io.portolan.sftp.server.internal.engine.OpenHandle;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.Wanted;
import io.portolan.sftp.server.internal.engine.WorkQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open file. What blocks runs on its queue's lane; {@link #transfer} belongs to the event loop.
 *
 * <p>A file that was opened to be made or replaced may not be seen at its path before it is closed: what is asked of it and set of it by the handle is about the
 * content that is being written, and attributes are set once it is there.
 */
public final class FileHandle extends OpenHandle {

    private final VirtualFileSystem files;
    private final Set<Access> access;
    private final FileContent content;
    private final boolean replacing;
    private final TransferLog transfer;
    private AttributeChange afterwards = AttributeChange.nothing();
    private AttributeChange wish = AttributeChange.nothing();
    private final HandleLocks locks;
    private volatile boolean incomplete;
    private @Nullable Ahead ahead;
    private boolean committed;
    private boolean closed;

    private FileHandle(
            WorkQueue queue,
            VirtualFileSystem files,
            VirtualPath path,
            Set<Access> access,
            FileContent content,
            boolean replacing,
            TransferLog transfer,
            HandleLocks locks) {
        super(queue, path);
        this.locks = locks;
        this.files = files;
        this.access = access;
        this.content = content;
        this.replacing = replacing;
        this.transfer = transfer;
    }

    /**
     * Opens a file. Blocks.
     *
     * @param queue where it will be used
     * @param access what for, as {@link Access#checked} allows
     * @param locks what it will hold, given back when it is closed; not if it cannot be opened
     * @param text whether it is read and written in sequence, whatever places are named
     */
    public static FileHandle open(
            WorkQueue queue,
            VirtualFileSystem files,
            VirtualPath path,
            Set<Access> access,
            TransferLog transfer,
            HandleLocks locks,
            boolean text)
            throws IOException {
        Set<Access> checked = Access.checked(access);
        boolean replacing = checked.contains(Access.TRUNCATE)
                || checked.contains(Access.CREATE_NEW)
                || checked.contains(Access.CREATE) && !exists(files, path);
        FileContent content = FileOpener.open(files, path, access);
        return new FileHandle(
                queue, files, path, checked, text ? new TextContent(content) : content, replacing, transfer, locks);
    }

    private static boolean exists(VirtualFileSystem files, VirtualPath path) throws IOException {
        try {
            files.stat(path, LinkHandling.FOLLOW);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The locks that it holds. On its lane. */
    public HandleLocks locks() {
        return locks;
    }

    /**
     * Goes on with a line of a file in text mode, the first being 0. Blocks.
     *
     * @return whether there is such a line
     */
    public boolean seekLine(long line, GoingOn going) throws IOException {
        if (content instanceof TextContent text) {
            return text.seek(line, going);
        }
        throw new RequestFailure(SftpStatus.INVALID_PARAMETER, "The file is not open in text mode");
    }

    /** Whether it is read and written in sequence, whatever places are named. */
    public boolean isText() {
        return content instanceof TextContent;
    }

    /** Whether it may be read. */
    public boolean isReadable() {
        return access.contains(Access.READ);
    }

    /** Whether it may be written. */
    public boolean isWritable() {
        return access.contains(Access.WRITE);
    }

    /** What listeners are told. On the event loop. */
    public TransferLog transfer() {
        return transfer;
    }

    /** What was read before it was asked for. */
    public interface Ahead {
        /** It is not wanted any more. May be called twice. */
        void close();
    }

    /** What was read before it was asked for, if anything. On the event loop. */
    public @Nullable Ahead ahead() {
        return ahead;
    }

    /** Keeps what was read ahead until it is dropped. On the event loop. */
    public void keepAhead(Ahead read) {
        ahead = read;
    }

    /** What was read ahead is of no use any more. On the event loop. */
    public void dropAhead() {
        if (ahead != null) {
            ahead.close();
            ahead = null;
        }
    }

    /** Whether its store reads at any place, and is cheap to read from. */
    public boolean isPositional() {
        return content instanceof PositionalContent;
    }

    /** Reads until the buffer is full or the file ends. Blocks. */
    public void read(ByteBuffer target, long offset) throws IOException {
        long at = offset;
        while (target.hasRemaining()) {
            int count = content.read(target, at);
            if (count < 0) {
                return;
            }
            at += count;
        }
    }

    /** Writes all of a buffer. Blocks. If that fails, the file will not be published: peers that do not look at each status would take it for whole. */
    public void write(ByteBuffer source, long offset) throws IOException {
        boolean whole = false;
        try {
            content.write(source, offset);
            whole = true;
        } finally {
            if (!whole) {
                incomplete();
            }
        }
    }

    /** Something that was to be written is not: the file will not be published. Also before the lane has come to it. */
    public void incomplete() {
        incomplete = true;
    }

    /** Returns when what was written is on the storage device. Blocks. */
    public void force() throws IOException {
        content.force();
    }

    @Override
    public FileInfo info() throws IOException {
        FileInfo.Builder info = replacing ? fresh() : present();
        info.size(content.size());
        afterwards.modified().ifPresent(info::modified);
        afterwards.accessed().ifPresent(info::accessed);
        afterwards.permissionBits().ifPresent(info::permissionBits);
        return info.build();
    }

    private FileInfo.Builder present() throws IOException {
        try {
            return files.stat(path(), LinkHandling.FOLLOW).toBuilder();
        } catch (NoSuchFileException e) {
            // deleted or renamed while it is open
            return fresh();
        }
    }

    private static FileInfo.Builder fresh() {
        return FileInfo.file(0, Instant.now()).toBuilder();
    }

    /** Whether it may not be seen at its path before it is closed. */
    public boolean isReplacing() {
        return replacing;
    }

    /** At the latest when it is closed. */
    @Override
    public void set(Wanted wanted) throws IOException {
        if (wanted.size().isPresent()) {
            if (!isWritable()) {
                throw new AccessDeniedException(path().toString());
            }
            content.truncate(wanted.size().getAsLong());
        }
        AttributeChange change = wanted.change();
        if (change.attributes().isEmpty()) {
            return;
        }
        AttributeChanges changes = Changes.requireSettable(files, path(), change);
        if (replacing) {
            afterwards = Changes.merge(afterwards, change);
        } else {
            changes.change(path(), change, LinkHandling.FOLLOW);
        }
    }

    /** Has attributes set when the file is closed, if the store can: what OPEN wants is a wish. */
    public void wish(AttributeChange change) {
        AttributeChange possible = Changes.settable(files, change);
        if (replacing) {
            wish = possible;
        }
    }

    /** Publishes what was written, and closes. Blocks. */
    public void finish() throws IOException {
        try {
            if (incomplete) {
                throw new RequestFailure(
                        SftpStatus.FAILURE, "A write to this file has failed before, so that it is not kept");
            }
            if (isWritable()) {
                content.commit();
                committed = true;
            }
        } finally {
            close();
        }
        Changes.tryTo(files, path(), wish);
        if (!afterwards.attributes().isEmpty()) {
            Changes.requireSettable(files, path(), afterwards).change(path(), afterwards, LinkHandling.FOLLOW);
        }
    }

    /** Whether {@link #finish} has published what was written. */
    public boolean isCommitted() {
        return committed;
    }

    private void close() throws IOException {
        if (!closed) {
            closed = true;
            try {
                content.close();
            } finally {
                locks.close();
            }
        }
    }

    @Override
    public void abort() throws IOException {
        close();
    }

    @Override
    public void aborted() {
        dropAhead();
        transfer.aborted(new IOException("the channel was closed"));
    }
}
