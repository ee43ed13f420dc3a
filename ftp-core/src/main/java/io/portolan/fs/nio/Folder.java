package io.portolan.fs.nio;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One directory inside the root, held so that operations on the names in it stay in it. Every name is a single segment that {@link NameRules} let
 * through, and no operation follows a symbolic link at that name.
 */
abstract class Folder implements Closeable {

    /** Where the directory was when the walk came through: for messages, and for the few operations that have no form relative to a directory. */
    final Path location;

    Folder(Path location) {
        this.location = location;
    }

    final Path segment(String name) {
        return location.getFileSystem().getPath(name);
    }

    /** The attributes of the directory itself. */
    abstract BasicFileAttributes attributes() throws IOException;

    /** The attributes of what is at a name; POSIX attributes where the store has them. */
    final BasicFileAttributes attributes(String name) throws IOException {
        return attributes(segment(name));
    }

    abstract BasicFileAttributes attributes(Path name) throws IOException;

    final @Nullable BasicFileAttributes attributesOrNull(String name) throws IOException {
        try {
            return attributes(name);
        } catch (NoSuchFileException absent) {
            return null;
        } catch (FileSystemException failed) {
            if (Failures.isNameTooLong(failed)) {
                return null;
            }
            throw failed;
        }
    }

    /** A view to read and set attributes with, of the directory itself if there is no name; null if the store does not have such. */
    abstract <V extends FileAttributeView> @Nullable V view(@Nullable String name, Class<V> type);

    /** Opens the directory at a name; {@code seen} is what {@link #attributes(String)} told of it. */
    abstract Folder child(String name, BasicFileAttributes seen) throws IOException;

    /** The same directory, held once more. */
    abstract Folder again() throws IOException;

    abstract SeekableByteChannel open(String name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException;

    abstract void deleteFile(String name) throws IOException;

    abstract void deleteDirectory(String name) throws IOException;

    /** Renames; a file at the new name is replaced. */
    abstract void moveReplacing(String name, Folder target, String newName) throws IOException;

    /** Renames something that is not a directory; fails if anything is at the new name. */
    abstract void moveNew(String name, Folder target, String newName) throws IOException;

    abstract void createDirectory(String name, FileAttribute<?>... attributes) throws IOException;

    /**
     * Makes a link by a method that only takes paths.
     *
     * @param expectedKey the identity that the made name must have, so that a hard link never stands for another file than the one that was checked; null for
     *     symbolic links
     */
    abstract void createLink(String name, LinkMaker maker, @Nullable Object expectedKey) throws IOException;

    /** Makes something at a path. */
    @FunctionalInterface
    interface LinkMaker {
        void make(Path where) throws IOException;
    }

    /** The names in the directory, with a way to their attributes. */
    abstract Names names() throws IOException;

    /**
     * The text of a link. There is no form of this relative to a directory, so a link of another directory may be read while somebody swaps
     * directories; that is harmless, for the text is walked like any other, and told to nobody unless it leads to a place inside.
     */
    final Path readLink(String name) throws IOException {
        return Files.readSymbolicLink(location.resolve(segment(name)));
    }

    @Override
    public abstract void close() throws IOException;

    /** The names of a directory while it is being listed. */
    interface Names extends Closeable {
        DirectoryStream<Path> stream();

        BasicFileAttributes attributes(Path name) throws IOException;

        @Override
        default void close() throws IOException {
            stream().close();
        }
    }

    static final LinkOption[] NO_FOLLOW = {LinkOption.NOFOLLOW_LINKS};
}
