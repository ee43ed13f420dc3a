package io.portolan.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * File systems at the paths of one tree. A mount hides what the file system above it has at its path; directories on the way to a mount are there even if no
 * file system has them. Links stay within the file system that they lie in.
 */
final class MountedFileSystem extends RoutingFileSystem {

    private static final FileInfo SYNTHESIZED = FileInfo.directory(Instant.EPOCH);

    private final TreeMap<VirtualPath, VirtualFileSystem> mounts;

    MountedFileSystem(Map<VirtualPath, VirtualFileSystem> mounts) {
        if (mounts.isEmpty()) {
            throw new IllegalArgumentException("mounts: there must be one");
        }
        this.mounts = new TreeMap<>(mounts);
    }

    @Override
    Route route(VirtualPath path, LinkHandling links) throws IOException {
        if (isOnTheWay(path) && !mounts.containsKey(path)) {
            throw new AccessDeniedException(path.toString(), null, "a mount lies below");
        }
        return find(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
    }

    /** The mount that is nearest above a path. */
    private Optional<Route> find(VirtualPath path) {
        for (VirtualPath at = path; ; at = at.parent()) {
            VirtualFileSystem target = mounts.get(at);
            if (target != null) {
                return Optional.of(new Route(target, path.below(at), at, VirtualPath.root()));
            }
            if (at.isRoot()) {
                return Optional.empty();
            }
        }
    }

    /** Whether a mount lies at or below a path. */
    private boolean isOnTheWay(VirtualPath path) {
        return mounts.keySet().stream().anyMatch(mount -> mount.startsWith(path));
    }

    @Override
    void requireRemovable(VirtualPath path) throws IOException {
        if (path.isRoot() || isOnTheWay(path)) {
            throw new AccessDeniedException(path.toString(), null, "a mount is there or below");
        }
    }

    @Override
    Collection<VirtualFileSystem> targets() {
        return mounts.values();
    }

    @Override
    public FileInfo stat(VirtualPath path, LinkHandling links) throws IOException {
        if (!isOnTheWay(path) || mounts.containsKey(path)) {
            return super.stat(path, links);
        }
        Optional<Route> route = find(path);
        if (route.isPresent()) {
            try {
                FileInfo info = route.get().target().stat(route.get().path(), links);
                return info.isDirectory() ? info : SYNTHESIZED;
            } catch (NoSuchFileException onlyHere) {
                return SYNTHESIZED;
            }
        }
        return SYNTHESIZED;
    }

    @Override
    public EntryStream list(VirtualPath directory) throws IOException {
        Set<String> names = mountsBelow(directory);
        if (names.isEmpty()) {
            return super.list(directory);
        }
        List<DirectoryEntry> mounted = new ArrayList<>();
        for (String name : names) {
            mounted.add(new DirectoryEntry(name, describe(directory.child(name))));
        }
        Optional<Route> route = find(directory);
        if (route.isEmpty()) {
            return EntryStream.of(mounted);
        }
        try {
            return new Merged(route.get().target().list(route.get().path()), names, mounted.iterator());
        } catch (NoSuchFileException | NotDirectoryException onlyHere) {
            return EntryStream.of(mounted);
        }
    }

    /** A store that is out of reach must not take the listing of its parent with it. */
    private FileInfo describe(VirtualPath mount) {
        try {
            return stat(mount, LinkHandling.FOLLOW);
        } catch (IOException unreachable) {
            return SYNTHESIZED;
        }
    }

    private Set<String> mountsBelow(VirtualPath directory) {
        Set<String> names = new TreeSet<>();
        int depth = directory.segments().size();
        for (VirtualPath mount : mounts.keySet()) {
            if (mount.startsWith(directory) && mount.segments().size() > depth) {
                names.add(mount.segments().get(depth));
            }
        }
        return names;
    }

    @Override
    public void createDirectory(VirtualPath path) throws IOException {
        requireNoMount(path);
        super.createDirectory(path);
    }

    @Override
    public ReadableFile openRead(VirtualPath path, long offset) throws IOException {
        if (isOnTheWay(path)) {
            throw new NotAFileException(path);
        }
        return super.openRead(path, offset);
    }

    @Override
    public WritableFile openWrite(VirtualPath path, WriteMode mode) throws IOException {
        if (isOnTheWay(path)) {
            throw new NotAFileException(path);
        }
        return super.openWrite(path, mode);
    }

    private void requireNoMount(VirtualPath path) throws IOException {
        if (isOnTheWay(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
    }

    /** The mounts first, then what the store has under other names. */
    private static final class Merged implements EntryStream {
        private final EntryStream entries;
        private final Set<String> hidden;
        private final Iterator<DirectoryEntry> mounted;

        Merged(EntryStream entries, Set<String> hidden, Iterator<DirectoryEntry> mounted) {
            this.entries = entries;
            this.hidden = hidden;
            this.mounted = mounted;
        }

        @Override
        public List<DirectoryEntry> next(int max) throws IOException {
            List<DirectoryEntry> batch = new ArrayList<>();
            while (batch.size() < max && mounted.hasNext()) {
                batch.add(mounted.next());
            }
            while (batch.isEmpty()) {
                List<DirectoryEntry> more = entries.next(max);
                if (more.isEmpty()) {
                    return more;
                }
                batch.addAll(visible(more));
            }
            return batch;
        }

        @Override
        public List<Part> nextParts(int max) throws IOException {
            if (mounted.hasNext()) {
                return EntryStream.super.nextParts(max);
            }
            List<Part> parts = new ArrayList<>();
            for (Part part : entries.nextParts(max)) {
                parts.add(() -> visible(part.entries()));
            }
            return parts;
        }

        private List<DirectoryEntry> visible(List<DirectoryEntry> some) {
            return some.stream().filter(entry -> !hidden.contains(entry.name())).toList();
        }

        @Override
        public void close() throws IOException {
            entries.close();
        }
    }
}
