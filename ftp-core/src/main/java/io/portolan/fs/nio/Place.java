package io.portolan.fs.nio;

import io.portolan.fs.VirtualPath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Where a walk ended: a name in a directory that is held open, or that directory itself. Closing it lets go of the directory. */
final class Place implements Closeable {

    private final VirtualPath path;
    private final Folder folder;
    private final @Nullable String name;
    private final @Nullable BasicFileAttributes attributes;

    Place(VirtualPath path, Folder folder, @Nullable String name, @Nullable BasicFileAttributes attributes) {
        this.path = path;
        this.folder = folder;
        this.name = name;
        this.attributes = attributes;
    }

    /** What the peer asked for. */
    VirtualPath path() {
        return path;
    }

    Folder folder() {
        return folder;
    }

    /** The name in the folder, for operations that need one: not the root, nor what only a link's {@code .} or {@code ..} leads to. */
    String name() throws AccessDeniedException {
        if (name == null) {
            throw new AccessDeniedException(path.toString(), null, "not for the root");
        }
        return name;
    }

    boolean exists() {
        return name == null || attributes != null;
    }

    /** What is there; it was there when the walk arrived. */
    BasicFileAttributes attributes() throws IOException {
        if (name == null) {
            return folder.attributes();
        }
        if (attributes == null) {
            throw new NoSuchFileException(path.toString());
        }
        return attributes;
    }

    boolean isDirectory() throws IOException {
        return exists() && attributes().isDirectory();
    }

    /** Opens the directory that is there. */
    Folder open() throws IOException {
        if (name == null) {
            throw new IllegalStateException("the folder itself");
        }
        return folder.child(name, attributes());
    }

    boolean isFolderItself() {
        return name == null;
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
