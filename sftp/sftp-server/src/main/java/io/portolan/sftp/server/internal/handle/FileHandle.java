package io.portolan.sftp.server.internal.handle;

import io.portolan.fs.AttributeChange;
import io.portolan.fs.AttributeChanges;
import io.portolan.fs.FileInfo;
import io.portolan.fs.FileType;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.PositionalFiles.Access;
import io.portolan.fs.RenameMode;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.HandleLocks;
import io.portolan.sftp.server.internal.engine.LinkTarget;
import io.portolan.sftp.server.internal.engine.OpenHandle;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import io.portolan.sftp.server.internal.engine.Wanted;
import io.portolan.sftp.server.internal.engine.WorkQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open file. What blocks runs on its queue's lane; {@link #transfer} belongs to the event loop.
 *
 * <p>A file that was opened to be made or replaced may not be seen at its path before it is closed: what is asked of it and set of it by the handle is about the
 * content that is being written, and attributes are set once it is there. If it is renamed before, it is renamed once it is there; if it is removed, it never is.
 */
public final class FileHandle extends OpenHandle {

    private static final Logger LOGGER = LoggerFactory.getLogger(FileHandle.class);

    /** Of what a file's mode says: not its type, and nothing that runs it as another user. */
    private static final int PERMISSIONS = 0777;

    private final VirtualFileSystem files;
    private final Set<Access> access;
    private final FileContent content;
    private final boolean replacing;
    private final Optional<LinkTarget> link;
    private final TransferLog transfer;
    private AttributeChange afterwards = AttributeChange.nothing();
    private AttributeChange wish = AttributeChange.nothing();
    private final HandleLocks locks;
    private volatile boolean incomplete;

    /** A size that could not be set, as the store cannot set any: it has to come by writing. -1 for none. */
    private long missedSize = -1;

    private @Nullable Carried carried;
    private volatile boolean deletedWhenClosed;
    private @Nullable VirtualPath deletedAt;
    private @Nullable Ahead ahead;
    private boolean committed;
    private boolean closed;

    /**
     * A file that was renamed before it was there.
     *
     * @param from where the store will publish it
     * @param present what was there when it was renamed
     * @param rename how it comes to its new name
     */
    private record Carried(VirtualPath from, Optional<FileInfo> present, LaterRename rename) {}

    private FileHandle(
            WorkQueue queue,
            VirtualFileSystem files,
            VirtualPath path,
            Set<Access> access,
            FileContent content,
            boolean replacing,
            Optional<LinkTarget> link,
            TransferLog transfer,
            HandleLocks locks) {
        super(queue, path);
        this.locks = locks;
        this.files = files;
        this.access = access;
        this.content = content;
        this.replacing = replacing;
        this.link = link;
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
        // before the store follows it: others may change the link while the file is written
        Optional<LinkTarget> link = replacing ? LinkTarget.of(files, path) : Optional.empty();
        FileContent content = FileOpener.open(files, path, access);
        return new FileHandle(
                queue,
                files,
                path,
                checked,
                text ? new TextContent(content) : content,
                replacing,
                link,
                transfer,
                locks);
    }

    private static boolean exists(VirtualFileSystem files, VirtualPath path) throws IOException {
        return look(files, path, LinkHandling.FOLLOW).isPresent();
    }

    private static Optional<FileInfo> look(VirtualFileSystem files, VirtualPath path, LinkHandling links)
            throws IOException {
        try {
            return Optional.of(files.stat(path, links));
        } catch (NoSuchFileException e) {
            return Optional.empty();
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
        if (isDetached()) {
            return fresh();
        }
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
            resize(wanted.size().getAsLong());
        }
        AttributeChange change = wanted.change();
        if (change.attributes().isEmpty()) {
            return;
        }
        AttributeChanges changes = Changes.requireSettable(files, path(), change);
        if (!replacing && isDetached()) {
            // what is there now is another file
            throw new NoSuchFileException(path().toString());
        }
        if (replacing) {
            afterwards = Changes.merge(afterwards, change);
        } else {
            changes.change(path(), change, LinkHandling.FOLLOW);
        }
    }

    /** If that fails, the file will not be published, as if a write had failed. */
    private void resize(long size) throws IOException {
        boolean done = false;
        try {
            content.truncate(size);
            missedSize = -1;
            done = true;
        } catch (OperationNotSupportedException e) {
            // some clients name the size first, and then write all of it
            missedSize = size;
            done = true;
            throw e;
        } finally {
            if (!done) {
                incomplete();
            }
        }
    }

    /**
     * It is to be renamed before it is there: it will be, when it is closed. What is published under its name has been renamed already. Blocks.
     *
     * @param rename shared by all that are written under the name
     * @throws IOException if it cannot be told what is there
     */
    public void carry(VirtualPath to, LaterRename rename) throws IOException {
        VirtualPath from = carried == null ? path() : carried.from();
        if (to.equals(from)) {
            carried = null;
            closesAt(null);
            return;
        }
        carried = new Carried(
                from, carried == null ? look(files, from, LinkHandling.NO_FOLLOW) : carried.present(), rename);
        closesAt(from);
    }

    /** A file that is deleted when it is closed is known by its name alone: it is the link that will be deleted. */
    @Override
    public Optional<LinkTarget> openedThrough(Optional<LinkTarget> now) {
        if (deletedWhenClosed) {
            return Optional.empty();
        }
        return replacing ? link : now;
    }

    /** From where it was renamed when it was closed, having been published there first. */
    public Optional<VirtualPath> publishedAt() {
        return committed && carried != null ? Optional.of(carried.from()) : Optional.empty();
    }

    @Override
    protected void moved() {
        locks.moved(path());
    }

    /** Has attributes set when the file is closed, if the store can: what OPEN wants is a wish. */
    public void wish(AttributeChange change) {
        AttributeChange possible = Changes.settable(files, change);
        if (replacing) {
            wish = possible;
        }
    }

    /** Deletes it when it is closed, however that comes about: it is for nobody but who has opened it. */
    public void deleteWhenClosed() {
        deletedWhenClosed = true;
    }

    /** Whether it is deleted when it is closed. */
    public boolean isDeletedWhenClosed() {
        return deletedWhenClosed;
    }

    /** Where it was deleted when it was closed, if it was there. */
    public Optional<VirtualPath> deletedAt() {
        return Optional.ofNullable(deletedAt);
    }

    private void deleteIfWished() throws IOException {
        if (!deletedWhenClosed || isDetached() || deletedAt != null) {
            return;
        }
        try {
            files.delete(path());
            deletedAt = path();
        } catch (NoSuchFileException e) {
            // it was never there, or others have been quicker
        }
    }

    /** Publishes what was written, and closes. Blocks. */
    public void finish() throws IOException {
        try {
            if (deletedWhenClosed) {
                return;
            }
            if (incomplete || missedSize >= 0 && content.size() != missedSize) {
                throw new RequestFailure(
                        SftpStatus.FAILURE, "A write to this file has failed before, so that it is not kept");
            }
            if (isWritable() && (!isDetached() || isElsewhere())) {
                requireUntouchedName();
                content.commit();
                committed = true;
            }
        } finally {
            closeAndDelete();
        }
        if (isElsewhere() && !afterwards.attributes().isEmpty()) {
            throw new RequestFailure(
                    SftpStatus.FAILURE,
                    "The file is kept, but its attributes cannot be set, as the link to it has gone");
        }
        if (isDetached()) {
            return;
        }
        if (carried != null) {
            arrive(carried);
        }
        Changes.tryTo(files, path(), wish);
        if (!afterwards.attributes().isEmpty()) {
            Changes.requireSettable(files, path(), afterwards).change(path(), afterwards, LinkHandling.FOLLOW);
        }
    }

    /**
     * The name under which it is published for a moment may have become another file's since it was renamed, and so may the name that it shall have. The store
     * looks once more when it renames: then the file stays where it was published.
     */
    private void requireUntouchedName() throws IOException {
        if (carried == null) {
            return;
        }
        if (isElsewhere()) {
            throw new RequestFailure(SftpStatus.FAILURE, "The link to its directory has gone, so that it is not kept");
        }
        if (!isSame(carried.present(), look(files, carried.from(), LinkHandling.NO_FOLLOW))) {
            throw new RequestFailure(
                    SftpStatus.FAILURE, "Another file has the name that this one had before, so that it is not kept");
        }
        if (carried.rename().mode() == RenameMode.FAIL_IF_EXISTS
                && look(files, path(), LinkHandling.NO_FOLLOW).isPresent()) {
            throw new FileAlreadyExistsException(path().toString());
        }
    }

    /** It is published, and takes the name that it shall have: with the permissions of the file whose content it replaces. */
    private void arrive(Carried published) throws IOException {
        if (published.rename().isTaken()) {
            OptionalInt permissions = look(files, path(), LinkHandling.NO_FOLLOW)
                    .filter(old -> old.type() == FileType.FILE)
                    .map(FileInfo::permissionBits)
                    .orElse(OptionalInt.empty());
            if (permissions.isPresent()) {
                Changes.tryTo(
                        files,
                        published.from(),
                        AttributeChange.nothing().withPermissionBits(permissions.getAsInt() & PERMISSIONS));
            }
        }
        files.rename(published.from(), path(), published.rename().mode());
        published.rename().taken();
    }

    private static boolean isSame(Optional<FileInfo> before, Optional<FileInfo> now) {
        if (before.isEmpty() || now.isEmpty()) {
            return before.isEmpty() && now.isEmpty();
        }
        FileInfo old = before.get();
        return old.size() == now.get().size()
                && old.modified().equals(now.get().modified())
                && old.uniqueId().equals(now.get().uniqueId());
    }

    /** Whether {@link #finish} has published what was written. */
    public boolean isCommitted() {
        return committed;
    }

    private void closeAndDelete() throws IOException {
        if (closed) {
            return;
        }
        try {
            close();
        } finally {
            deleteIfWished();
        }
    }

    private void close() throws IOException {
        closed = true;
        try {
            if (replacing && !committed && isUnwanted()) {
                empty();
            }
        } finally {
            try {
                content.close();
            } finally {
                locks.close();
            }
        }
    }

    /**
     * Whether nobody is to go on with what has come of it, or to find it: the peer wants the file to be no more, or has renamed it. The store would keep that under the old name, and
     * mix it into the next file that has it.
     */
    private boolean isUnwanted() {
        return deletedWhenClosed || carried != null || isDetached() && !isElsewhere();
    }

    /** Of an upload without octets a store keeps nothing. */
    private void empty() throws IOException {
        try {
            content.truncate(0);
        } catch (OperationNotSupportedException e) {
            LOGGER.debug(
                    "What came of a file that was removed or renamed while it was written is its store's to keep: {}",
                    path());
        }
    }

    @Override
    public void abort() throws IOException {
        closeAndDelete();
    }

    @Override
    public void aborted() {
        dropAhead();
        transfer.aborted(new IOException("the channel was closed"));
    }
}
