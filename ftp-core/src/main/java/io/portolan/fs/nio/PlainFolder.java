package io.portolan.fs.nio;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory known by its path only, for providers without {@link java.nio.file.SecureDirectoryStream}. Each operation asks again where the path really
 * leads before it does something, and once more after a file was opened, so that a swapped directory is noticed before a byte passes.
 */
final class PlainFolder extends Folder {

    private final Root root;

    PlainFolder(Root root, Path location) {
        super(location);
        this.root = root;
    }

    private Path at(String name) throws IOException {
        requireInPlace();
        return location.resolve(segment(name));
    }

    private void requireInPlace() throws IOException {
        if (!location.toRealPath().equals(location)) {
            throw new AccessDeniedException(location.toString(), null, "no longer the directory that it was");
        }
    }

    @Override
    BasicFileAttributes attributes() throws IOException {
        return read(location);
    }

    @Override
    BasicFileAttributes attributes(Path name) throws IOException {
        return read(location.resolve(name));
    }

    private BasicFileAttributes read(Path path) throws IOException {
        return root.posix()
                ? Files.readAttributes(path, PosixFileAttributes.class, NO_FOLLOW)
                : Files.readAttributes(path, BasicFileAttributes.class, NO_FOLLOW);
    }

    @Override
    <V extends FileAttributeView> @Nullable V view(@Nullable String name, Class<V> type) {
        Path path = name == null ? location : location.resolve(segment(name));
        return Files.getFileAttributeView(path, type, NO_FOLLOW);
    }

    @Override
    Folder child(String name, BasicFileAttributes seen) throws IOException {
        // the store's own spelling, where upper and lower case are one
        Path child = location.resolve(segment(name)).toRealPath();
        if (!child.startsWith(root.path())) {
            throw new AccessDeniedException(child.toString(), null, "leads out of the root");
        }
        return new PlainFolder(root, child);
    }

    @Override
    Folder again() {
        return new PlainFolder(root, location);
    }

    @Override
    SeekableByteChannel open(String name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path path = at(name);
        SeekableByteChannel channel = newChannel(path, options, attributes);
        boolean inPlace = false;
        try {
            requireInPlace();
            inPlace = true;
            return channel;
        } finally {
            if (!inPlace) {
                channel.close();
            }
        }
    }

    private static SeekableByteChannel newChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        Set<OpenOption> all = new HashSet<>(options);
        all.add(NO_FOLLOW[0]);
        try {
            return Files.newByteChannel(path, all, attributes);
        } catch (UnsupportedOperationException | IllegalArgumentException withoutLinks) {
            // a provider that has no links may not know the option
            return Files.newByteChannel(path, options, attributes);
        }
    }

    @Override
    void deleteFile(String name) throws IOException {
        Files.delete(at(name));
    }

    @Override
    void deleteDirectory(String name) throws IOException {
        Files.delete(at(name));
    }

    @Override
    void moveReplacing(String name, Folder target, String newName) throws IOException {
        Path from = at(name);
        Path to = ((PlainFolder) target).at(newName);
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException | UnsupportedOperationException notAtomic) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    void moveNew(String name, Folder target, String newName) throws IOException {
        Files.move(at(name), ((PlainFolder) target).at(newName), new CopyOption[0]);
    }

    @Override
    void createDirectory(String name, FileAttribute<?>... attributes) throws IOException {
        Files.createDirectory(at(name), attributes);
    }

    @Override
    void createLink(String name, LinkMaker maker, @Nullable Object expectedKey) throws IOException {
        Path where = at(name);
        maker.make(where);
        if (expectedKey != null && !expectedKey.equals(Staging.key(where))) {
            Files.deleteIfExists(where);
            throw new AccessDeniedException(name);
        }
    }

    @Override
    @SuppressWarnings("StreamResourceLeak") // the names close it
    Names names() throws IOException {
        requireInPlace();
        DirectoryStream<Path> stream = Files.newDirectoryStream(location);
        return new Names() {
            @Override
            public DirectoryStream<Path> stream() {
                return stream;
            }

            @Override
            public BasicFileAttributes attributes(Path name) throws IOException {
                return PlainFolder.this.attributes(name);
            }
        };
    }

    @Override
    public void close() {
        // a path holds nothing
    }
}
