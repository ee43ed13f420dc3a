package io.portolan.fs.nio;

import io.portolan.fs.NotAFileException;
import io.portolan.fs.PartialUploads;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WriteMode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hidden file in its target's directory that takes the target's name when it is published, and is put aside or deleted when it is not. It holds the directory
 * until it is closed.
 */
final class PendingFile implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(PendingFile.class);

    private final Store store;
    private final VirtualPath path;
    private final Folder folder;
    private final String name;
    private final WriteMode mode;
    private final String temporary;
    private final SeekableByteChannel channel;
    private boolean published;
    private boolean closed;

    private PendingFile(Store store, Place place, WriteMode mode, String temporary, SeekableByteChannel channel)
            throws IOException {
        this.store = store;
        this.path = place.path();
        this.folder = place.folder();
        this.name = place.name();
        this.mode = mode;
        this.temporary = temporary;
        this.channel = channel;
    }

    /** Begins an empty file. Takes over the place if it succeeds. */
    static PendingFile make(Store store, Place place, WriteMode mode, boolean readable) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
        if (readable) {
            options.add(StandardOpenOption.READ);
        }
        String temporary = HiddenNames.temporary();
        place.name();
        store.sweeper().sweep(store, place.folder());
        store.activeParts().add(temporary);
        boolean made = false;
        try {
            SeekableByteChannel channel = place.folder().open(temporary, options, store.newFileAttributes());
            made = true;
            return new PendingFile(store, place, mode, temporary, channel);
        } finally {
            if (!made) {
                store.activeParts().remove(temporary);
            }
        }
    }

    /** Goes on with the first {@code length} bytes of what is kept for the name. Takes over the place if it succeeds. */
    static PendingFile takeKept(Store store, Place place, long length) throws IOException {
        Folder folder = place.folder();
        String kept = HiddenNames.kept(place.name());
        String temporary = HiddenNames.temporary();
        store.activeParts().add(temporary);
        boolean taken = false;
        try {
            // whoever renames it first has it; a second session finds nothing kept
            folder.moveReplacing(kept, folder, temporary);
            try {
                SeekableByteChannel channel = openAt(folder, temporary, length);
                PendingFile file = new PendingFile(store, place, WriteMode.REPLACE, temporary, channel);
                taken = true;
                return file;
            } finally {
                if (!taken) {
                    putBack(folder, temporary, kept);
                }
            }
        } finally {
            if (!taken) {
                store.activeParts().remove(temporary);
            }
        }
    }

    private static SeekableByteChannel openAt(Folder folder, String name, long length) throws IOException {
        SeekableByteChannel channel = folder.open(name, Set.of(StandardOpenOption.WRITE));
        boolean ready = false;
        try {
            channel.truncate(length);
            channel.position(length);
            ready = true;
            return channel;
        } finally {
            if (!ready) {
                channel.close();
            }
        }
    }

    private static void putBack(Folder folder, String temporary, String kept) {
        try {
            folder.moveReplacing(temporary, folder, kept);
        } catch (IOException failed) {
            LOG.warn("What was kept of an upload stays in {} as {}", folder.location, temporary, failed);
        }
    }

    VirtualPath path() {
        return path;
    }

    SeekableByteChannel channel() {
        return channel;
    }

    /** Closes the file and gives it its name. */
    void publish() throws IOException {
        if (published) {
            return;
        }
        try {
            // some stores tell only now that the disk is full
            channel.close();
            BasicFileAttributes old = folder.attributesOrNull(name);
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
            published = true;
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        }
        try {
            Parts.drop(folder, name);
        } catch (IOException failed) {
            // the upload is there for all to see; whoever sent it must not send it again
            LOG.warn("What was kept of an earlier upload to {} cannot be deleted", path, failed);
        }
    }

    private void keepPermissions(PosixFileAttributes old) throws IOException {
        PosixFileAttributeView view = folder.view(temporary, PosixFileAttributeView.class);
        if (view != null && !view.readAttributes().permissions().equals(old.permissions())) {
            view.setPermissions(old.permissions());
        }
    }

    /** Lets go of the directory; what was not published is put aside as far as it is whole, or deleted. */
    void close(long whole) throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (folder) {
            try {
                if (channel.isOpen() && !published && channel.size() > whole) {
                    channel.truncate(whole);
                }
                channel.close();
            } finally {
                if (!published) {
                    // nobody goes on with an upload whose name the server made up
                    PartialUploads parts = mode == WriteMode.CREATE_NEW ? PartialUploads.DROP : store.partialUploads();
                    Parts.settle(folder, name, temporary, whole, parts);
                }
            }
        } catch (NoSuchFileException gone) {
            // somebody has cleaned up
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        } finally {
            store.activeParts().remove(temporary);
        }
    }

    /** Lets go without keeping anything. */
    @Override
    public void close() throws IOException {
        close(0);
    }
}
