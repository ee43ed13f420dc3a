package io.portolan.fs.nio;

import io.portolan.fs.nio.FolderCache.Handle;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory held by a descriptor ({@link SecureDirectoryStream}): whatever is swapped or renamed meanwhile, operations on its names happen in it.
 *
 * <p>What the JDK has no form of relative to a descriptor, making directories and links, is done under a hidden name in the root, whose path nobody
 * below it can swap, and moved into place between two descriptors.
 */
final class SecureFolder extends Folder {

    private final Root root;
    private final Handle handle;
    private boolean closed;

    SecureFolder(Root root, Path location, Handle handle) {
        super(location);
        this.root = root;
        this.handle = handle;
    }

    private SecureDirectoryStream<Path> stream() {
        return handle.stream;
    }

    @Override
    BasicFileAttributes attributes() throws IOException {
        if (root.posix()) {
            return Objects.requireNonNull(stream().getFileAttributeView(PosixFileAttributeView.class))
                    .readAttributes();
        }
        return Objects.requireNonNull(stream().getFileAttributeView(BasicFileAttributeView.class))
                .readAttributes();
    }

    @Override
    BasicFileAttributes attributes(Path name) throws IOException {
        return attributes(stream(), name, root.posix());
    }

    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> stream, Path name, boolean posix)
            throws IOException {
        return posix
                ? stream.getFileAttributeView(name, PosixFileAttributeView.class, NO_FOLLOW)
                        .readAttributes()
                : stream.getFileAttributeView(name, BasicFileAttributeView.class, NO_FOLLOW)
                        .readAttributes();
    }

    @Override
    <V extends FileAttributeView> @Nullable V view(@Nullable String name, Class<V> type) {
        return name == null
                ? stream().getFileAttributeView(type)
                : stream().getFileAttributeView(segment(name), type, NO_FOLLOW);
    }

    @Override
    Folder child(String name, BasicFileAttributes seen) throws IOException {
        Path childLocation = location.resolve(segment(name));
        Handle open = root.cache().lease(seen.fileKey());
        if (open == null) {
            SecureDirectoryStream<Path> stream = stream().newDirectoryStream(segment(name), NO_FOLLOW);
            open = root.adopt(stream, childLocation, attributes().fileKey());
        }
        return new SecureFolder(root, childLocation, open);
    }

    @Override
    Folder again() {
        root.cache().share(handle);
        return new SecureFolder(root, location, handle);
    }

    @Override
    SeekableByteChannel open(String name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Set<OpenOption> all = new HashSet<>(options);
        all.add(NO_FOLLOW[0]);
        return stream().newByteChannel(segment(name), all, attributes);
    }

    @Override
    void deleteFile(String name) throws IOException {
        stream().deleteFile(segment(name));
    }

    @Override
    void deleteDirectory(String name) throws IOException {
        Object key = attributes(name).fileKey();
        stream().deleteDirectory(segment(name));
        root.cache().drop(key);
    }

    @Override
    void moveReplacing(String name, Folder target, String newName) throws IOException {
        SecureFolder to = secure(target);
        try {
            stream().move(segment(name), to.stream(), segment(newName));
        } catch (FileAlreadyExistsException neverReplaces) {
            // not the platform's own file system, where a rename always replaces a file
            to.deleteFile(newName);
            stream().move(segment(name), to.stream(), segment(newName));
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>The JDK has no rename that never replaces, and a hard link can be made only by path, which can be led astray. So the new name is taken first, by an
     * empty file that nobody may open, exclusively, and the file is then renamed over it.
     */
    @Override
    void moveNew(String name, Folder target, String newName) throws IOException {
        SecureFolder to = secure(target);
        FileAttribute<?>[] nobody = root.posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(Set.of())}
                : new FileAttribute<?>[0];
        to.open(newName, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), nobody)
                .close();
        boolean moved = false;
        try {
            moveReplacing(name, to, newName);
            moved = true;
        } finally {
            if (!moved) {
                to.deleteFile(newName);
            }
        }
    }

    @Override
    void createDirectory(String name, FileAttribute<?>... attributes) throws IOException {
        if (location.equals(root.path())) {
            Files.createDirectory(location.resolve(segment(name)), attributes);
            return;
        }
        if (attributesOrNull(name) != null) {
            throw new FileAlreadyExistsException(name);
        }
        stage(where -> Files.createDirectory(where, attributes), true, name);
    }

    @Override
    void createLink(String name, LinkMaker maker, @Nullable Object expectedKey) throws IOException {
        if (attributesOrNull(name) != null) {
            throw new FileAlreadyExistsException(name);
        }
        stage(
                where -> {
                    maker.make(where);
                    if (expectedKey != null && !expectedKey.equals(Staging.key(where))) {
                        throw new AccessDeniedException(name);
                    }
                },
                false,
                name);
    }

    /** Makes something under a hidden name in the root, and moves it to its place. */
    private void stage(LinkMaker maker, boolean directory, String name) throws IOException {
        String hidden = HiddenNames.temporary();
        try (SecureFolder top = secure(root.open())) {
            if (Staging.make(maker, root.path().resolve(segment(hidden)))) {
                try {
                    top.settle(hidden, directory, this, name);
                    return;
                } catch (AtomicMoveNotSupportedException otherMount) {
                    // made once more below, where this directory is
                }
            }
        }
        // another file system is mounted here, or the root is not ours to write to: by path, and only if it has come to
        // lie here
        Path where = location.resolve(segment(hidden));
        maker.make(where);
        if (attributesOrNull(hidden) == null) {
            Files.deleteIfExists(where);
            throw new AccessDeniedException(name);
        }
        settle(hidden, directory, this, name);
    }

    private void settle(String hidden, boolean directory, SecureFolder target, String name) throws IOException {
        boolean moved = false;
        try {
            if (directory) {
                moveReplacing(hidden, target, name);
            } else {
                moveNew(hidden, target, name);
            }
            moved = true;
        } finally {
            if (!moved && directory) {
                stream().deleteDirectory(segment(hidden));
            } else if (!moved) {
                stream().deleteFile(segment(hidden));
            }
        }
    }

    @Override
    Names names() throws IOException {
        SecureDirectoryStream<Path> own = stream().newDirectoryStream(segment("."), NO_FOLLOW);
        boolean posix = root.posix();
        return new Names() {
            @Override
            public DirectoryStream<Path> stream() {
                return own;
            }

            @Override
            public BasicFileAttributes attributes(Path name) throws IOException {
                return SecureFolder.attributes(own, name, posix);
            }
        };
    }

    private static SecureFolder secure(Folder folder) {
        if (folder instanceof SecureFolder secure) {
            return secure;
        }
        throw new ProviderMismatchException("both directories must be of one file system");
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            root.cache().release(handle);
        }
    }
}
