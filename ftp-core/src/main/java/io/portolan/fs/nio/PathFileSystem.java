package io.portolan.fs.nio;

import io.portolan.fs.AtomicReplace;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.NotAFileException;
import io.portolan.fs.PartialUploads;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.RenameMode;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.fs.WriteMode;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory of any {@link java.nio.file} provider, such as the disk, and what lies below it.
 *
 * <p><b>Confinement.</b> No path, symbolic link, rename target or Windows name leads out of the directory. Paths are walked one segment at a time; links are read and
 * walked by the same steps, and refused where they lead out ({@link LinkPolicy}). Where the provider has {@link java.nio.file.SecureDirectoryStream} (Linux
 * and macOS), every operation is relative to an open directory, so that somebody who swaps directories and links while it runs gains nothing. Elsewhere
 * the real path is asked for before each operation and after each opening. Devices, pipes and sockets are never opened; the kernel's own file systems (such as {@code /proc}) are not
 * entered.
 *
 * <p><b>Uploads</b> are written to a hidden file ({@code .portolan-…}) in the target's directory and appear by an atomic rename at {@link WritableFile#commit()}. A
 * file that is replaced keeps its permissions. {@link WriteMode#CREATE_NEW}, and a rename that must not replace, take the new name by an empty file without permissions,
 * made exclusively, and rename over it: nothing is ever replaced by mistake, and between those two system calls the empty file can be seen. Hidden files are never listed,
 * and no peer can name them.
 *
 * <p><b>Other providers</b> than the platform's own (zip, Jimfs, object stores) are taken as sequential: list, stat, read, write new files. See
 * {@link Builder#trustPositionalAccess}.
 *
 * <p>An instance may be used by any number of threads, and is best shared by sessions ({@link io.portolan.fs.FileSystems#shared}): it keeps a few directories open
 * between operations, two descriptors each. On JDK 17 the names of files are converted by the platform's charset: a server that is started with {@code LANG=C} cannot
 * serve names beyond ASCII.
 */
public final class PathFileSystem implements VirtualFileSystem {

    private final Store store;
    private final Owners owners = new Owners();
    private final boolean listOwners;

    private PathFileSystem(Builder builder) throws IOException {
        boolean platform = builder.root.getFileSystem() == FileSystems.getDefault();
        boolean trusted = builder.trusted == null ? platform : builder.trusted;
        Root root = new Root(builder.root, trusted, builder.cachedDirectories);
        NameRules rules = new NameRules(builder.root.getFileSystem());
        this.store = new Store(
                root,
                new Walker(root, rules, builder.links),
                rules,
                builder.partialUploads,
                builder.filePermissions,
                builder.directoryPermissions,
                Store.noActiveParts());
        this.listOwners = builder.listOwners;
    }

    /**
     * Serves a directory with the default settings.
     *
     * @param root the directory, which exists
     * @return the file system
     * @throws NoSuchFileException if it does not exist
     * @throws NotDirectoryException if it is not a directory
     * @throws IOException if it cannot be read
     */
    public static PathFileSystem of(Path root) throws IOException {
        return builder(root).build();
    }

    /**
     * Begins with the default settings.
     *
     * @param root the directory to serve
     * @return a builder
     */
    public static Builder builder(Path root) {
        return new Builder(root);
    }

    @Override
    public FileInfo stat(VirtualPath path, LinkHandling links) throws IOException {
        try (Place place = store.walker().find(path, links)) {
            BasicFileAttributes attributes = place.attributes();
            if (place.isFolderItself()) {
                return describe(place.folder().location, attributes);
            }
            return describe(place.folder().location.resolve(place.folder().segment(place.name())), attributes);
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        }
    }

    private FileInfo describe(Path where, BasicFileAttributes attributes) {
        FileInfo.Builder info = Attributes.describe(attributes);
        owners.add(info, where, attributes);
        return info.build();
    }

    @Override
    public EntryStream list(VirtualPath directory) throws IOException {
        try (Place place = store.walker().find(directory, LinkHandling.FOLLOW)) {
            if (!place.attributes().isDirectory()) {
                throw new NotDirectoryException(directory.toString());
            }
            Folder folder = place.isFolderItself() ? place.folder().again() : place.open();
            boolean listing = false;
            try {
                Listing result = new Listing(directory, folder, this::describeEntry);
                listing = true;
                return result;
            } finally {
                if (!listing) {
                    folder.close();
                }
            }
        } catch (IOException failed) {
            throw Failures.of(directory, failed);
        }
    }

    private FileInfo describeEntry(Folder folder, String name, BasicFileAttributes attributes) {
        return listOwners
                ? describe(folder.location.resolve(name), attributes)
                : Attributes.describe(attributes).build();
    }

    @Override
    public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset: " + offset + " is negative");
        }
        try (Place place = store.walker().find(path, LinkHandling.FOLLOW)) {
            // looked at before, since opening a pipe would wait for its other end
            if (!place.attributes().isRegularFile()) {
                throw new NotAFileException(path);
            }
            SeekableByteChannel channel = place.folder().open(place.name(), Set.of(StandardOpenOption.READ));
            boolean opened = false;
            try {
                PathReadableFile.skip(channel, offset);
                opened = true;
                return new PathReadableFile(channel, store.root().trusted());
            } finally {
                if (!opened) {
                    channel.close();
                }
            }
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        } catch (UnsupportedOperationException failed) {
            throw Failures.of(path, "read", failed);
        }
    }

    @Override
    public WritableFile openWrite(VirtualPath path, WriteMode mode) throws IOException {
        requireCreatable(path);
        Place place = null;
        boolean opened = false;
        try {
            place = store.walker().find(path, LinkHandling.FOLLOW);
            if (place.exists()) {
                if (!place.attributes().isRegularFile()) {
                    throw new NotAFileException(path);
                }
                if (mode == WriteMode.CREATE_NEW) {
                    throw new FileAlreadyExistsException(path.toString());
                }
            }
            Upload upload = Upload.begin(store, place, mode);
            opened = true;
            return upload;
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        } catch (UnsupportedOperationException failed) {
            throw Failures.of(path, "write", failed);
        } finally {
            if (place != null && !opened) {
                place.close();
            }
        }
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        requireCreatable(path);
        try (Place place = store.walker().find(path, LinkHandling.NO_FOLLOW)) {
            if (place.exists()) {
                throw new FileAlreadyExistsException(path.toString());
            }
            place.folder().createDirectory(place.name(), store.newDirectoryAttributes());
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        } catch (UnsupportedOperationException failed) {
            throw Failures.of(path, "make directory", failed);
        }
    }

    @Override
    public void delete(VirtualPath path) throws IOException {
        try (Place place = store.walker().find(path, LinkHandling.NO_FOLLOW)) {
            if (place.attributes().isDirectory()) {
                throw new NotAFileException(path);
            }
            place.folder().deleteFile(place.name());
            Parts.drop(place.folder(), place.name());
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        } catch (UnsupportedOperationException failed) {
            throw Failures.of(path, "delete", failed);
        }
    }

    @Override
    public void deleteDirectory(VirtualPath path) throws IOException {
        try (Place place = store.walker().find(path, LinkHandling.NO_FOLLOW)) {
            String name = place.name();
            if (!place.attributes().isDirectory()) {
                throw new NotDirectoryException(path.toString());
            }
            // some providers delete a directory with all that is in it, or tell so, and do nothing
            if (!store.root().trusted()) {
                clear(place);
            }
            try {
                place.folder().deleteDirectory(name);
            } catch (DirectoryNotEmptyException full) {
                clear(place);
                place.folder().deleteDirectory(name);
            }
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        } catch (UnsupportedOperationException failed) {
            throw Failures.of(path, "remove directory", failed);
        }
    }

    private void clear(Place directory) throws IOException {
        try (Folder inside = directory.open()) {
            Parts.clear(store, inside);
        }
    }

    @Override
    public void rename(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        requireCreatable(to);
        VirtualPath concerned = from;
        try (Place source = store.walker().find(from, LinkHandling.NO_FOLLOW)) {
            boolean directory = source.attributes().isDirectory();
            String oldName = source.name();
            if (to.startsWith(from) && !to.equals(from)) {
                throw new FileSystemException(from.toString(), to.toString(), "cannot move a directory into itself");
            }
            concerned = to;
            try (Place target = store.walker().find(to, LinkHandling.NO_FOLLOW)) {
                boolean exists = target.exists();
                if (exists && (directory || target.isDirectory() || mode == RenameMode.FAIL_IF_EXISTS)) {
                    throw new FileAlreadyExistsException(to.toString());
                }
                if (directory || mode == RenameMode.REPLACE) {
                    source.folder().moveReplacing(oldName, target.folder(), target.name());
                } else {
                    source.folder().moveNew(oldName, target.folder(), target.name());
                }
                Parts.drop(target.folder(), target.name());
            }
        } catch (IOException failed) {
            throw Failures.of(concerned, failed);
        } catch (UnsupportedOperationException failed) {
            throw Failures.of(from, "rename", failed);
        }
    }

    private void requireCreatable(VirtualPath path) throws AccessDeniedException {
        if (path.isRoot() || !store.rules().isUsable(path.name())) {
            throw new AccessDeniedException(path.toString(), null, "not a name under which something can be made");
        }
    }

    @Override
    public boolean isReadOnly() {
        return store.root().path().getFileSystem().isReadOnly();
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == AtomicReplace.class && store.root().trusted()) {
            return Optional.of(type.cast(AtomicReplace.SUPPORTED));
        }
        return Optional.empty();
    }

    /** Closes the directories that are kept open. Operations after this still work, with nothing kept. */
    @Override
    public void close() throws IOException {
        store.root().close();
    }

    /** Settings of a {@link PathFileSystem}. Not for several threads at a time. */
    public static final class Builder {

        /** The root, a working directory and its parents: what a handful of sessions works in. */
        private static final int DEFAULT_CACHED_DIRECTORIES = 8;

        private static final int MAX_CACHED_DIRECTORIES = 1024;

        private final Path root;
        private LinkPolicy links = LinkPolicy.FOLLOW_INSIDE;
        private PartialUploads partialUploads = PartialUploads.KEEP;
        private @Nullable Boolean trusted;
        private boolean listOwners;
        private int cachedDirectories = DEFAULT_CACHED_DIRECTORIES;
        private @Nullable Set<PosixFilePermission> filePermissions;
        private @Nullable Set<PosixFilePermission> directoryPermissions;

        private Builder(Path root) {
            this.root = Objects.requireNonNull(root, "root");
        }

        /**
         * Sets what becomes of symbolic links on the way to a file.
         *
         * @param policy the policy; {@link LinkPolicy#FOLLOW_INSIDE} unless set
         * @return this
         */
        public Builder links(LinkPolicy policy) {
            this.links = Objects.requireNonNull(policy, "links");
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
         * Says whether the provider writes at any position of a file, appends, and renames atomically. Only the platform's own file system is believed so unless this is set;
         * zip, for one, accepts writes at a position and puts them elsewhere.
         *
         * @param trust whether to offer append, resume, positional access, links and changes of attributes
         * @return this
         */
        public Builder trustPositionalAccess(boolean trust) {
            this.trusted = trust;
            return this;
        }

        /**
         * Says whether listings tell owner, group and link count of each entry. That takes a second system call for each, about doubling a listing's cost; the
         * description of a single file always tells them.
         *
         * @param setting false unless set
         * @return this
         */
        public Builder listOwners(boolean setting) {
            this.listOwners = setting;
            return this;
        }

        /**
         * Sets how many directories stay open between operations, where the provider has descriptors of directories. Each takes two descriptors of the process.
         *
         * @param count 0 to 1024; 8 unless set
         * @return this
         */
        public Builder cachedDirectories(int count) {
            if (count < 0 || count > MAX_CACHED_DIRECTORIES) {
                throw new IllegalArgumentException(
                        "cachedDirectories: " + count + " is not within 0.." + MAX_CACHED_DIRECTORIES);
            }
            this.cachedDirectories = count;
            return this;
        }

        /**
         * Sets the permissions of new files, from which the process's umask still takes away.
         *
         * @param permissions the permissions; {@code rw-rw-rw-} without the umask's unless set
         * @return this
         */
        public Builder filePermissions(Set<PosixFilePermission> permissions) {
            this.filePermissions = Set.copyOf(permissions);
            return this;
        }

        /**
         * Sets the permissions of new directories, from which the process's umask still takes away.
         *
         * @param permissions the permissions; {@code rwxrwxrwx} without the umask's unless set
         * @return this
         */
        public Builder directoryPermissions(Set<PosixFilePermission> permissions) {
            this.directoryPermissions = Set.copyOf(permissions);
            return this;
        }

        /**
         * Opens the file system.
         *
         * @return the file system
         * @throws NoSuchFileException if the root does not exist
         * @throws NotDirectoryException if it is not a directory
         * @throws IOException if it cannot be read
         */
        public PathFileSystem build() throws IOException {
            return new PathFileSystem(this);
        }
    }
}
