package io.portolan.fs.nio;

import io.portolan.fs.NotAFileException;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An upload: written to a hidden file in the target's directory, which takes the target's name at {@link #commit()}. */
final class Upload implements WritableFile {

    private final Store store;
    private final VirtualPath path;
    private final Folder folder;
    private final String name;
    private final WriteMode mode;
    private final String temporary;
    private final SeekableByteChannel channel;
    private long size;
    private boolean committed;
    private boolean closed;

    private Upload(Store store, Place place, WriteMode mode, String temporary, SeekableByteChannel channel, long size)
            throws IOException {
        this.store = store;
        this.path = place.path();
        this.folder = place.folder();
        this.name = place.name();
        this.mode = mode;
        this.temporary = temporary;
        this.channel = channel;
        this.size = size;
    }

    /** Begins an empty file. Takes over the place if it succeeds. */
    static Upload begin(Store store, Place place, WriteMode mode) throws IOException {
        String temporary = HiddenNames.temporary();
        place.name();
        store.activeParts().add(temporary);
        boolean begun = false;
        try {
            SeekableByteChannel channel = place.folder()
                    .open(
                            temporary,
                            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                            store.newFileAttributes());
            begun = true;
            return new Upload(store, place, mode, temporary, channel, 0);
        } finally {
            if (!begun) {
                store.activeParts().remove(temporary);
            }
        }
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        try {
            while (source.hasRemaining()) {
                size += channel.write(source);
            }
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        }
    }

    @Override
    public void commit() throws IOException {
        if (committed) {
            return;
        }
        try {
            // some stores tell only now that the disk is full
            channel.close();
            publish(folder.attributesOrNull(name));
            committed = true;
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        }
    }

    private void publish(@Nullable BasicFileAttributes old) throws IOException {
        if (old != null && old.isDirectory()) {
            throw new NotAFileException(path);
        }
        if (mode == WriteMode.CREATE_NEW) {
            folder.moveNew(temporary, folder, name);
        } else {
            if (old instanceof PosixFileAttributes posix && old.isRegularFile()) {
                keepPermissions(posix);
            }
            folder.moveReplacing(temporary, folder, name);
        }
        Parts.drop(folder, name);
    }

    private void keepPermissions(PosixFileAttributes old) throws IOException {
        PosixFileAttributeView view = folder.view(temporary, PosixFileAttributeView.class);
        if (view != null && !view.readAttributes().permissions().equals(old.permissions())) {
            view.setPermissions(old.permissions());
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (folder) {
            try {
                channel.close();
            } finally {
                if (!committed) {
                    Parts.settle(folder, name, temporary, size, store.partialUploads());
                }
            }
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        } finally {
            store.activeParts().remove(temporary);
        }
    }
}
