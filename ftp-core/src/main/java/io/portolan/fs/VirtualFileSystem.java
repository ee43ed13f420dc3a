package io.portolan.fs;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * A tree of files that a session is let into: one instance for each login, already confined to what this user may see.
 *
 * <p>Implement {@link #stat}, {@link #list} and {@link #openRead}, and there is a read-only server; everything else has a default that refuses.
 * What a store can do beyond these methods is offered as a capability, an interface that {@link #capability} hands out: {@link PositionalFiles},
 * {@link AppendSupport}, {@link AtomicReplace}, {@link ResumableUploads}, {@link AttributeChanges}, {@link Links}, {@link SpaceInfo}, {@link Digests},
 * {@link ServerSideCopy}. Servers advertise to the peer what is there, and no more.
 *
 * <p>Methods block, are called on worker threads, and may be called by several threads at a time. They throw the exceptions that the
 * {@linkplain io.portolan.fs package} names. Whoever writes a file system runs the contract test {@code VirtualFileSystemContract} on it, which is
 * published as the {@code contract} artifact of {@code portolan-ftp-core}.
 */
public interface VirtualFileSystem extends Closeable {

    /**
     * Tells what is at a path.
     *
     * @param path the path
     * @param links whether a symbolic link is followed or described itself
     * @return what is there
     * @throws java.nio.file.NoSuchFileException if nothing is there
     * @throws IOException if it cannot be told
     */
    FileInfo stat(VirtualPath path, LinkHandling links) throws IOException;

    /**
     * Opens a directory's entries, to be pulled in batches: a directory of a million entries must not be collected first. The entries
     * {@code .} and {@code ..} are not among them; the order is the store's own.
     *
     * @param directory the directory's path
     * @return the entries, to be closed by the caller
     * @throws java.nio.file.NoSuchFileException if nothing is there
     * @throws java.nio.file.NotDirectoryException if it is not a directory
     * @throws IOException if it cannot be listed
     */
    EntryStream list(VirtualPath directory) throws IOException;

    /**
     * Opens a file's content for reading forward from an offset.
     *
     * @param path the file's path; a symbolic link is followed
     * @param offset where to begin, in bytes, 0 or more; at the file's end or behind it the file reads as empty
     * @return the open file, to be closed by the caller
     * @throws java.nio.file.NoSuchFileException if nothing is there
     * @throws NotAFileException if a directory or a device is there
     * @throws IOException if it cannot be opened
     */
    ReadableFile openRead(VirtualPath path, long offset) throws IOException;

    /**
     * Opens a file for writing from its beginning. Nothing that can be seen at the path changes before {@link WritableFile#commit()} where the
     * store can do this (it then offers {@link AtomicReplace}).
     *
     * @param path the file's path
     * @param mode whether a file that exists is replaced
     * @return the open file, to be committed, and closed, by the caller
     * @throws java.nio.file.FileAlreadyExistsException if it exists and {@code mode} is {@link WriteMode#CREATE_NEW}
     * @throws java.nio.file.NoSuchFileException if the directory does not exist
     * @throws NotAFileException if a directory or a device is there
     * @throws QuotaExceededException if there is no room
     * @throws IOException if it cannot be opened
     */
    default WritableFile openWrite(VirtualPath path, WriteMode mode) throws IOException {
        throw new OperationNotSupportedException("write", path);
    }

    /**
     * Makes one directory.
     *
     * @param path its path, whose parent must exist
     * @throws java.nio.file.FileAlreadyExistsException if something is there
     * @throws java.nio.file.NoSuchFileException if the parent does not exist
     * @throws IOException if it cannot be made
     */
    default void createDirectory(VirtualPath path) throws IOException {
        throw new OperationNotSupportedException("make directory", path);
    }

    /**
     * Deletes a file or a symbolic link (never what it points to), and what is kept of a broken upload to that path ({@link ResumableUploads}): also where nothing
     * else is there, so that whoever uploads can take back what broke.
     *
     * @param path its path
     * @throws java.nio.file.NoSuchFileException if nothing is there, and nothing is kept
     * @throws NotAFileException if a directory is there
     * @throws IOException if it cannot be deleted
     */
    default void delete(VirtualPath path) throws IOException {
        throw new OperationNotSupportedException("delete", path);
    }

    /**
     * Deletes an empty directory.
     *
     * @param path its path, not the root
     * @throws java.nio.file.NoSuchFileException if nothing is there
     * @throws java.nio.file.NotDirectoryException if it is not a directory
     * @throws java.nio.file.DirectoryNotEmptyException if it has entries
     * @throws IOException if it cannot be deleted
     */
    default void deleteDirectory(VirtualPath path) throws IOException {
        throw new OperationNotSupportedException("remove directory", path);
    }

    /**
     * Renames a file, a directory with all that is in it, or a symbolic link itself.
     *
     * @param from the old path
     * @param to the new path, whose parent must exist and which must not lie below {@code from}
     * @param mode whether a file that exists at the new path is replaced; a directory never is
     * @throws java.nio.file.NoSuchFileException if nothing is at {@code from}, or the new parent does not exist
     * @throws java.nio.file.FileAlreadyExistsException if something is at {@code to} that may not be replaced
     * @throws IOException if it cannot be renamed
     */
    default void rename(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        throw new OperationNotSupportedException("rename", from);
    }

    /**
     * Whether any of the methods that change something may succeed at all. Servers use it for what they tell of permissions; it guards nothing.
     *
     * @return false if this file system can only be read
     */
    default boolean isReadOnly() {
        return false;
    }

    /**
     * Asks for a capability. A decorator answers with a capability of its own, or with none, so that nothing passes it by; do not ask with
     * {@code instanceof}.
     *
     * @param type the capability's interface
     * @param <C> the capability
     * @return the capability, or empty if this file system does not have it; the answer is the same each time
     */
    default <C> Optional<C> capability(Class<C> type) {
        return Optional.empty();
    }

    /**
     * Lets go of what belongs to this session's view: called once, when the session is over and its files are closed.
     *
     * @throws IOException if that fails; it is logged
     */
    @Override
    default void close() throws IOException {}
}
