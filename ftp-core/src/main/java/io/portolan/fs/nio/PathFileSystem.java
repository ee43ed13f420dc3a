package io.portolan.fs.nio;

import io.portolan.fs.AppendSupport;
import io.portolan.fs.AtomicReplace;
import io.portolan.fs.AttributeChanges;
import io.portolan.fs.EntryStream;
import io.portolan.fs.FileInfo;
import io.portolan.fs.LinkHandling;
import io.portolan.fs.Links;
import io.portolan.fs.NotAFileException;
import io.portolan.fs.PartialUploads;
import io.portolan.fs.PositionalFiles;
import io.portolan.fs.ReadableFile;
import io.portolan.fs.RenameMode;
import io.portolan.fs.ResumableUploads;
import io.portolan.fs.ServerSideCopy;
import io.portolan.fs.SpaceInfo;
import io.portolan.fs.Subtrees;
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
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
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
    private final PathUploads uploads;
    private final PathLinks links;
    private final Map<Class<?>, Object> capabilities;
    private final boolean listOwners;
    private final Builder settings;

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
                Store.noActiveParts(),
                new Sweeper(builder.keptFor, Clock.systemUTC()));
        this.listOwners = builder.listOwners;
        this.settings = builder.at(builder.root);
        this.uploads = new PathUploads(store);
        this.links = new PathLinks(store);
        this.capabilities = trusted && !isReadOnly() ? capabilities() : Map.of();
    }

    private Map<Class<?>, Object> capabilities() {
        return Map.of(
                AtomicReplace.class,
                AtomicReplace.SUPPORTED,
                AppendSupport.class,
                uploads,
                ResumableUploads.class,
                uploads,
                ServerSideCopy.class,
                uploads,
                PositionalFiles.class,
                new PathPositionalFiles(store),
                AttributeChanges.class,
                new PathAttributeChanges(store),
                Links.class,
                links,
                SpaceInfo.class,
                new PathSpace(store));
    }

    private VirtualFileSystem subtree(VirtualPath directory) throws IOException {
        try (Place place = store.walker().find(directory, LinkHandling.FOLLOW)) {
            if (!place.attributes().isDirectory()) {
                throw new NotDirectoryException(directory.toString());
            }
            Folder folder = place.folder();
            Path below =
                    place.isFolderItself() ? folder.location : folder.location.resolve(folder.segment(place.name()));
            PathFileSystem opened = settings.at(below).build();
            if (!opened.store.root().path().equals(below)) {
                opened.close();
                throw new AccessDeniedException(directory.toString(), null, "swapped for a link meanwhile");
            }
            return opened;
        } catch (IOException failed) {
            throw Failures.of(directory, failed);
        }
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
            Folder folder = place.folder();
            if (place.isFolderItself()) {
                return withOwner(Attributes.describe(attributes), folder.location, attributes)
                        .build();
            }
            return describe(folder, place.name(), attributes, true);
        } catch (IOException failed) {
            throw Failures.of(path, failed);
        }
    }

    private FileInfo describe(Folder folder, String name, BasicFileAttributes attributes, boolean owner)
            throws IOException {
        FileInfo.Builder info = Attributes.describe(attributes);
        if (attributes.isSymbolicLink()) {
            try {
                links.visibleTarget(folder, name).ifPresent(info::linkTarget);
            } catch (NotLinkException swapped) {
                // replaced since it was looked at; what was seen then is told
            }
        }
        return owner
                ? withOwner(info, folder.location.resolve(folder.segment(name)), attributes)
                        .build()
                : info.build();
    }

    private FileInfo.Builder withOwner(FileInfo.Builder info, Path where, BasicFileAttributes attributes) {
        owners.add(info, where, attributes);
        return info;
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
                Listing result = new Listing(
                        directory,
                        folder,
                        (parent, name, attributes) -> describe(parent, name, attributes, listOwners));
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
        return uploads.openWrite(path, mode);
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        store.requireCreatable(path);
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
            if (!place.exists() && Parts.drop(place.folder(), place.name())) {
                return;
            }
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
        store.requireCreatable(to);
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

    @Override
    public boolean isReadOnly() {
        return store.root().path().getFileSystem().isReadOnly();
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == Subtrees.class) {
            return Optional.of(type.cast((Subtrees) this::subtree));
        }
        return Optional.ofNullable(capabilities.get(type)).map(type::cast);
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
        private Duration keptFor = Sweeper.DEFAULT_AGE;
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
         * Sets for how long parts of broken uploads are kept. Those that nobody has written to for longer, and what crashes left, are deleted when a new file is
         * made in their directory, at most once an hour; of a directory with more than 50,000 names only these are looked at.
         *
         * @param age one hour to ten years; 7 days unless set
         * @return this
         */
        public Builder keptFor(Duration age) {
            if (age.compareTo(Sweeper.MIN_AGE) < 0 || age.compareTo(Sweeper.MAX_AGE) > 0) {
                throw new IllegalArgumentException(
                        "keptFor: " + age + " is not within " + Sweeper.MIN_AGE + ".." + Sweeper.MAX_AGE);
            }
            this.keptFor = age;
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

        private Builder at(Path directory) {
            Builder copy = new Builder(directory);
            copy.links = links;
            copy.partialUploads = partialUploads;
            copy.keptFor = keptFor;
            copy.trusted = trusted;
            copy.listOwners = listOwners;
            copy.cachedDirectories = cachedDirectories;
            copy.filePermissions = filePermissions;
            copy.directoryPermissions = directoryPermissions;
            return copy;
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
