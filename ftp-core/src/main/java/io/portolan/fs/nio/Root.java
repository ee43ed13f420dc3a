package io.portolan.fs.nio;

import io.portolan.fs.nio.FolderCache.Handle;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import org.jspecify.annotations.Nullable;

/** The directory that everything lies in: where walks begin. Its own path is trusted, since whoever can change that is the server's keeper. */
final class Root implements Closeable {

    private final Path path;
    private final Path alias;
    private final boolean secure;
    private final boolean posix;
    private final boolean trusted;
    private final FolderCache cache;
    private final Mounts mounts;

    /**
     * Looks at a directory.
     *
     * @param given the directory as it was named
     * @param trusted whether the provider is believed to write at any position and to replace atomically
     * @param capacity how many directories may stay open between operations
     */
    Root(Path given, boolean trusted, int capacity) throws IOException {
        this.alias = given.toAbsolutePath().normalize();
        this.path = given.toRealPath();
        if (!Files.isDirectory(path)) {
            throw new NotDirectoryException(given.toString());
        }
        this.trusted = trusted;
        this.posix = Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
        this.cache = new FolderCache(capacity);
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
            this.secure = stream instanceof SecureDirectoryStream;
        }
        this.mounts = new Mounts(path);
    }

    Path path() {
        return path;
    }

    boolean posix() {
        return posix;
    }

    boolean trusted() {
        return trusted;
    }

    FolderCache cache() {
        return cache;
    }

    /** What remains of an absolute path below the root, by its text alone, or null; the root may have been named by another path than its own. */
    @Nullable
    Path below(Path target) {
        for (Path start : new Path[] {path, alias}) {
            if (target.startsWith(start)) {
                return start.relativize(target);
            }
        }
        return null;
    }

    /** Opens the root itself. */
    Folder open() throws IOException {
        if (!secure) {
            return new PlainFolder(this, path);
        }
        BasicFileAttributes seen = Files.readAttributes(path, BasicFileAttributes.class, Folder.NO_FOLLOW);
        Handle handle = cache.lease(seen.fileKey());
        if (handle == null) {
            handle = adopt(open(path), path, null);
        }
        return new SecureFolder(this, path, handle);
    }

    // unchecked: it is an instance of SecureDirectoryStream, and one of Path since Files made it; its lease closes it
    @SuppressWarnings({"unchecked", "StreamResourceLeak"})
    private static SecureDirectoryStream<Path> open(Path directory) throws IOException {
        return (SecureDirectoryStream<Path>) Files.newDirectoryStream(directory);
    }

    /** Takes over a directory that was just opened; {@code parentKey} is null for the root itself. */
    Handle adopt(SecureDirectoryStream<Path> stream, Path location, @Nullable Object parentKey) throws IOException {
        boolean adopted = false;
        try {
            Object key = stream.getFileAttributeView(BasicFileAttributeView.class)
                    .readAttributes()
                    .fileKey();
            if (parentKey != null && !mounts.mayEnter(parentKey, key, location)) {
                throw new AccessDeniedException(
                        location.toString(), null, "a file system of the kernel's is mounted there");
            }
            Handle handle = cache.add(stream, key);
            adopted = true;
            return handle;
        } finally {
            if (!adopted) {
                stream.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        cache.close();
    }
}
