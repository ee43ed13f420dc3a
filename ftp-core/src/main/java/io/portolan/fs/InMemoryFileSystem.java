package io.portolan.fs;

import io.portolan.fs.MemoryNode.Folder;
import io.portolan.fs.MemoryTree.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A tree of files in the heap: for tests, for demonstrations, for what need not outlive the process. It has every capability but {@link Digests}. A reader goes on reading the
 * content that it opened when the file is replaced or deleted. Safe for use by several threads.
 */
public final class InMemoryFileSystem implements VirtualFileSystem {

    private final MemoryTree tree;
    private final MemoryCapabilities capabilities;

    private InMemoryFileSystem(Builder builder) {
        this.tree = new MemoryTree(
                builder.clock, new MemoryBudget(builder.maxBytes, builder.maxEntries), builder.partialUploads);
        this.capabilities = new MemoryCapabilities(tree);
    }

    /**
     * An empty file system with the default settings.
     *
     * @return the file system
     */
    public static InMemoryFileSystem create() {
        return builder().build();
    }

    /**
     * Begins with the default settings.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public FileInfo stat(VirtualPath path, LinkHandling links) throws IOException {
        synchronized (tree) {
            return tree.find(path, links).existing().info();
        }
    }

    @Override
    public EntryStream list(VirtualPath directory) throws IOException {
        List<DirectoryEntry> entries;
        synchronized (tree) {
            if (!(tree.find(directory, LinkHandling.FOLLOW).existing() instanceof Folder folder)) {
                throw new NotDirectoryException(directory.toString());
            }
            entries = new ArrayList<>(folder.children.size());
            folder.children.forEach((name, node) -> entries.add(new DirectoryEntry(name, node.info())));
        }
        return EntryStream.of(entries);
    }

    @Override
    public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset: " + offset + " is negative");
        }
        MemoryContent content;
        synchronized (tree) {
            content = tree.find(path, LinkHandling.FOLLOW).file().content.hold();
        }
        return new Reader(content, offset);
    }

    @Override
    public WritableFile openWrite(VirtualPath path, WriteMode mode) throws IOException {
        synchronized (tree) {
            Place place = tree.find(path, LinkHandling.FOLLOW);
            if (place.node() != null) {
                place.file();
                if (mode == WriteMode.CREATE_NEW) {
                    throw new FileAlreadyExistsException(path.toString());
                }
            }
            return new MemoryUpload(tree, place, mode, new MemoryContent(tree.budget()));
        }
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        synchronized (tree) {
            Place place = tree.find(path, LinkHandling.NO_FOLLOW);
            if (place.node() != null) {
                throw new FileAlreadyExistsException(path.toString());
            }
            tree.add(place, tree.newFolder());
        }
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        synchronized (tree) {
            Place place = tree.find(path, LinkHandling.NO_FOLLOW);
            if (place.node() == null && tree.dropKept(place.folder(), place.name())) {
                return;
            }
            if (place.existing() instanceof Folder) {
                throw new NotAFileException(path);
            }
            tree.remove(place.folder(), place.name());
            tree.dropKept(place.folder(), place.name());
        }
    }

    @Override
    public void deleteDirectory(VirtualPath path) throws IOException {
        synchronized (tree) {
            Place place = tree.find(path, LinkHandling.NO_FOLLOW).notRoot();
            if (!(place.existing() instanceof Folder folder)) {
                throw new NotDirectoryException(path.toString());
            }
            if (!folder.children.isEmpty()) {
                throw new DirectoryNotEmptyException(path.toString());
            }
            tree.remove(place.folder(), place.name());
        }
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        synchronized (tree) {
            Place source = tree.find(from, LinkHandling.NO_FOLLOW).notRoot();
            MemoryNode moved = source.existing();
            Place target = tree.find(to, LinkHandling.NO_FOLLOW).notRoot();
            if (target.node() != null
                    && (mode == RenameMode.FAIL_IF_EXISTS
                            || moved instanceof Folder
                            || target.node() instanceof Folder)) {
                throw new FileAlreadyExistsException(to.toString());
            }
            if (moved instanceof Folder folder && MemoryTree.contains(folder, target.folder())) {
                throw new FileSystemException(from.toString(), to.toString(), "cannot move a directory into itself");
            }
            tree.move(source, target);
            tree.dropKept(target.folder(), target.name());
        }
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == AtomicReplace.class) {
            return Optional.of(type.cast(AtomicReplace.SUPPORTED));
        }
        return MemoryCapabilities.OFFERED.contains(type) ? Optional.of(type.cast(capabilities)) : Optional.empty();
    }

    /** Does nothing: what is in the tree stays until nobody refers to it any more. */
    @Override
    public void close() {
        // the heap is cleaned by others
    }

    /** Reads the content that was there when it was opened. */
    private static final class Reader implements ReadableFile {
        private final MemoryContent content;
        private long position;
        private boolean closed;

        Reader(MemoryContent content, long position) {
            this.content = content;
            this.position = position;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            int count = content.read(target, position);
            position += Math.max(count, 0);
            return count;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                content.release();
            }
        }
    }

    /** Settings of an {@link InMemoryFileSystem}. Not for several threads at a time. */
    public static final class Builder {

        /** Enough for tests and demonstrations, and no heap is so small that it would burst. */
        private static final long DEFAULT_MAX_BYTES = 64L * 1024 * 1024;

        /** Names cost heap as well, some hundred bytes each: with these no more than the contents. */
        private static final int DEFAULT_MAX_ENTRIES = 100_000;

        private long maxBytes = DEFAULT_MAX_BYTES;
        private int maxEntries = DEFAULT_MAX_ENTRIES;
        private Clock clock = Clock.systemUTC();
        private PartialUploads partialUploads = PartialUploads.KEEP;

        private Builder() {}

        /**
         * Sets how much all files may hold together, what was kept of broken uploads and what is still being read included.
         *
         * @param bytes 0 or more; 64 MiB unless set
         * @return this
         */
        public Builder maxBytes(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("maxBytes: " + bytes + " is negative");
            }
            this.maxBytes = bytes;
            return this;
        }

        /**
         * Sets how many files, directories and links there may be.
         *
         * @param count 1 or more; 100,000 unless set
         * @return this
         */
        public Builder maxEntries(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("maxEntries: " + count + " is below 1");
            }
            this.maxEntries = count;
            return this;
        }

        /**
         * Sets the clock that files get their times from.
         *
         * @param clock the clock; the system's unless set
         * @return this
         */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Sets what becomes of uploads that broke.
         *
         * @param setting {@link PartialUploads#KEEP} unless set
         * @return this
         */
        public Builder partialUploads(PartialUploads setting) {
            this.partialUploads = Objects.requireNonNull(setting, "partialUploads");
            return this;
        }

        /**
         * Makes the file system.
         *
         * @return the file system, empty
         */
        public InMemoryFileSystem build() {
            return new InMemoryFileSystem(this);
        }
    }
}
