package io.portolan.fs;

import io.portolan.fs.MemoryNode.File;
import io.portolan.fs.MemoryNode.Folder;
import io.portolan.fs.MemoryNode.Link;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of an {@link InMemoryFileSystem}. Everything is called with this object's monitor held. */
final class MemoryTree {

    /** As many links as Linux follows on one path. */
    private static final int MAX_LINKS = 40;

    private static final int FILE_BITS = 0644;
    private static final int FOLDER_BITS = 0755;

    private final Clock clock;
    private final MemoryBudget budget;
    private final PartialUploads partialUploads;
    private final Folder root;
    private long lastId;

    MemoryTree(Clock clock, MemoryBudget budget, PartialUploads partialUploads) {
        this.clock = clock;
        this.budget = budget;
        this.partialUploads = partialUploads;
        this.root = new Folder(++lastId, clock.instant(), FOLDER_BITS);
    }

    MemoryBudget budget() {
        return budget;
    }

    Instant now() {
        return clock.instant();
    }

    /** A name in a directory, and what it stands for; the root has no name. */
    record Place(
            VirtualPath path,
            Folder folder,
            String name,
            @Nullable MemoryNode node) {

        MemoryNode existing() throws NoSuchFileException {
            if (node == null) {
                throw new NoSuchFileException(path.toString());
            }
            return node;
        }

        File file() throws IOException {
            if (existing() instanceof File file) {
                return file;
            }
            throw new NotAFileException(path);
        }

        /** For whatever makes, renames or deletes. */
        Place notRoot() throws AccessDeniedException {
            if (name.isEmpty()) {
                throw new AccessDeniedException(path.toString(), null, "not for the root");
            }
            return this;
        }
    }

    /** Finds a name; everything before it exists. */
    Place find(VirtualPath path, LinkHandling links) throws IOException {
        Deque<String> ahead = new ArrayDeque<>(path.segments());
        List<Folder> passed = new ArrayList<>();
        Folder folder = root;
        int followed = 0;
        while (!ahead.isEmpty()) {
            String name = ahead.remove();
            if (name.equals("..")) {
                if (!passed.isEmpty()) {
                    folder = passed.remove(passed.size() - 1);
                }
                continue;
            }
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            MemoryNode node = folder.children.get(name);
            boolean last = ahead.isEmpty();
            if (node instanceof Link link && (!last || links == LinkHandling.FOLLOW)) {
                if (++followed > MAX_LINKS) {
                    throw new FileSystemLoopException(path.toString());
                }
                if (link.target.startsWith("/")) {
                    passed.clear();
                    folder = root;
                }
                String[] names = link.target.split("/", -1);
                for (int i = names.length - 1; i >= 0; i--) {
                    ahead.push(names[i]);
                }
            } else if (last) {
                return new Place(path, folder, name, node);
            } else if (node instanceof Folder below) {
                passed.add(folder);
                folder = below;
            } else {
                throw new NoSuchFileException(path.toString());
            }
        }
        return new Place(path, folder, "", folder);
    }

    Folder newFolder() {
        return new Folder(++lastId, now(), FOLDER_BITS);
    }

    Link newLink(String target) {
        return new Link(++lastId, now(), target);
    }

    /** Gives a file of its own to a content, of which it becomes the holder. */
    File newFile(MemoryContent content) {
        return new File(++lastId, now(), FILE_BITS, content);
    }

    /** Puts something under a new name. */
    void add(Place place, MemoryNode node) throws IOException {
        if (place.folder().gone) {
            throw new NoSuchFileException(place.path().toString());
        }
        budget.takeEntry(place.path());
        put(place.folder(), place.name(), node);
    }

    private void put(Folder folder, String name, MemoryNode node) {
        folder.children.put(name, node);
        folder.modified = now();
        if (node instanceof File file) {
            file.names++;
        }
    }

    /** Takes a name away. */
    void remove(Folder folder, String name) {
        MemoryNode node = folder.children.remove(name);
        if (node == null) {
            return;
        }
        folder.modified = now();
        budget.giveEntry();
        if (node instanceof File file) {
            file.names--;
            if (file.names == 0) {
                file.content.release();
            }
        } else if (node instanceof Folder gone) {
            gone.gone = true;
            gone.kept.values().forEach(MemoryContent::release);
            gone.kept.clear();
        }
    }

    /** Whether a directory is another one, or lies below it. */
    static boolean contains(Folder ancestor, Folder folder) {
        Deque<Folder> open = new ArrayDeque<>(List.of(ancestor));
        while (!open.isEmpty()) {
            Folder next = open.remove();
            if (next == folder) {
                return true;
            }
            for (MemoryNode child : next.children.values()) {
                if (child instanceof Folder below) {
                    open.add(below);
                }
            }
        }
        return false;
    }

    /** Renames, without freeing what is renamed. */
    void move(Place from, Place to) {
        MemoryNode node = from.folder().children.get(from.name());
        if (node == null || node == to.node()) {
            return;
        }
        remove(to.folder(), to.name());
        from.folder().children.remove(from.name());
        from.folder().modified = now();
        if (node instanceof File file) {
            file.names--;
        }
        put(to.folder(), to.name(), node);
    }

    /** Puts a whole upload under its name. Its content belongs to the tree from then on. */
    void publish(Place place, MemoryContent content, WriteMode mode) throws IOException {
        Folder folder = place.folder();
        if (folder.gone) {
            throw new NoSuchFileException(place.path().toString());
        }
        MemoryNode old = folder.children.get(place.name());
        if (old != null && mode == WriteMode.CREATE_NEW) {
            throw new FileAlreadyExistsException(place.path().toString());
        }
        if (old instanceof Folder) {
            throw new NotAFileException(place.path());
        }
        File file = newFile(content);
        if (old instanceof File replaced) {
            file.permissionBits = replaced.permissionBits;
            file.owner = replaced.owner;
            file.group = replaced.group;
            remove(folder, place.name());
        } else if (old != null) {
            remove(folder, place.name());
        }
        add(place, file);
        dropKept(folder, place.name());
    }

    /** Puts a broken upload's content aside, or lets go of it. */
    void settle(Place place, WriteMode mode, MemoryContent content) {
        if (partialUploads == PartialUploads.KEEP
                && mode != WriteMode.CREATE_NEW
                && content.size() > 0
                && !place.folder().gone) {
            dropKept(place.folder(), place.name());
            place.folder().kept.put(place.name(), content);
        } else {
            content.release();
        }
    }

    boolean keepsAppended() {
        return partialUploads == PartialUploads.KEEP;
    }

    /** Lets go of what is kept for a name; returns whether there was something. */
    boolean dropKept(Folder folder, String name) {
        MemoryContent kept = folder.kept.remove(name);
        if (kept == null) {
            return false;
        }
        kept.release();
        return true;
    }
}
