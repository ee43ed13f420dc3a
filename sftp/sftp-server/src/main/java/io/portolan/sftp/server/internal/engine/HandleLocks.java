package io.portolan.sftp.server.internal.engine;

import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.sftp.internal.SftpStatus;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The locks that an open file holds; {@link #close} gives them all back. Used by one thread at a time; blocks. */
public final class HandleLocks implements AutoCloseable {

    private final LockTable table;
    private final VirtualFileSystem files;
    private volatile VirtualPath path;
    private final List<LockTable.Held> held = new ArrayList<>();
    private @Nullable Object file;

    /**
     * A file for the table: what the store tells it by, whoever looks, or the path in one session's file system.
     *
     * @param files null if the store tells
     */
    private record Key(@Nullable VirtualFileSystem files, String name) {}

    public HandleLocks(LockTable table, VirtualFileSystem files, VirtualPath path) {
        this.table = table;
        this.files = files;
        this.path = path;
    }

    /** The file has been renamed. Locks that it holds by its path, as its store has nothing else to tell it by, stay with the old one. */
    public void moved(VirtualPath to) {
        path = to;
    }

    /** Locks a part of the file, 0 being all to the end. */
    public void lock(long offset, long length, boolean exclusive) throws IOException {
        add(new LockTable.Held(this, offset, length, exclusive), SftpStatus.BYTE_RANGE_LOCK_CONFLICT);
    }

    /** Locks the whole file while it is open. */
    public void lockAll(boolean exclusive) throws IOException {
        add(new LockTable.Held(this, 0, 0, exclusive), SftpStatus.LOCK_CONFLICT);
    }

    private void add(LockTable.Held lock, SftpStatus conflict) throws IOException {
        table.add(file(), lock, conflict);
        held.add(lock);
    }

    /** Unlocks a part that was locked by itself. */
    public void unlock(long offset, long length) throws RequestFailure {
        for (LockTable.Held lock : held) {
            if (lock.offset() == offset && lock.length() == length) {
                held.remove(lock);
                if (file != null) {
                    table.remove(file, lock);
                }
                return;
            }
        }
        throw new RequestFailure(SftpStatus.NO_MATCHING_BYTE_RANGE_LOCK, "That part is not locked");
    }

    private Object file() throws IOException {
        Object known = file;
        if (known == null) {
            known = identify();
            file = known;
        }
        return known;
    }

    private Key identify() throws IOException {
        try {
            FileInfo info = files.stat(path, LinkHandling.FOLLOW);
            Optional<String> id = info.uniqueId();
            if (id.isPresent()) {
                return new Key(null, id.get());
            }
        } catch (NoSuchFileException e) {
            // it is being written, and not there before it is closed
        }
        return new Key(files, path.toString());
    }

    @Override
    public void close() {
        if (file != null) {
            for (LockTable.Held lock : held) {
                table.remove(file, lock);
            }
        }
        held.clear();
    }
}
