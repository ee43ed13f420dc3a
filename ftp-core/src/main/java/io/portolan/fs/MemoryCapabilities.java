package io.portolan.fs;

import io.portolan.fs.MemoryNode.File;
import io.portolan.fs.MemoryNode.Folder;
import io.portolan.fs.MemoryNode.Link;
import io.portolan.fs.MemoryTree.Place;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/** What an {@link InMemoryFileSystem} can do beyond the basic operations. */
final class MemoryCapabilities
        implements AppendSupport,
                ResumableUploads,
                PositionalFiles,
                AttributeChanges,
                Links,
                SpaceInfo,
                ServerSideCopy {

    static final Set<Class<?>> OFFERED = Set.of(
            AppendSupport.class,
            ResumableUploads.class,
            PositionalFiles.class,
            AttributeChanges.class,
            Links.class,
            SpaceInfo.class,
            ServerSideCopy.class);

    private final MemoryTree tree;

    MemoryCapabilities(MemoryTree tree) {
        this.tree = tree;
    }

    @Override
    public WritableFile openAppend(VirtualPath path) throws IOException {
        synchronized (tree) {
            Place place = tree.find(path, LinkHandling.FOLLOW);
            if (place.node() != null) {
                return new MemoryAppend(tree, place, place.file());
            }
            MemoryContent kept = place.folder().kept.remove(place.name());
            MemoryContent content = kept == null ? new MemoryContent(tree.budget()) : kept;
            return new MemoryUpload(tree, place, WriteMode.REPLACE, content);
        }
    }

    @Override
    public OptionalLong keptSize(VirtualPath path) throws IOException {
        synchronized (tree) {
            Place place = tree.find(path, LinkHandling.FOLLOW);
            MemoryContent kept = place.folder().kept.get(place.name());
            return kept == null ? OptionalLong.empty() : OptionalLong.of(kept.size());
        }
    }

    @Override
    public WritableFile resume(VirtualPath path, long offset) throws IOException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset: " + offset + " is negative");
        }
        synchronized (tree) {
            Place place = tree.find(path, LinkHandling.FOLLOW);
            File published = place.node() == null ? null : place.file();
            MemoryContent kept = place.folder().kept.get(place.name());
            MemoryContent content;
            if (offset == 0) {
                content = new MemoryContent(tree.budget());
            } else if (kept != null) {
                requireWithin(path, offset, kept.size());
                place.folder().kept.remove(place.name());
                kept.resize(path, offset);
                content = kept;
            } else if (published != null) {
                requireWithin(path, offset, published.content.size());
                content = published.content.copy(path, offset);
            } else {
                throw new NoSuchFileException(path.toString());
            }
            return new MemoryUpload(tree, place, WriteMode.REPLACE, content);
        }
    }

    private static void requireWithin(VirtualPath path, long offset, long size) throws InvalidOffsetException {
        if (offset > size) {
            throw new InvalidOffsetException(path, offset, size);
        }
    }

    @Override
    public PositionalFile openPositional(VirtualPath path, Set<Access> access) throws IOException {
        Set<Access> flags = Access.checked(access);
        synchronized (tree) {
            Place place = tree.find(path, LinkHandling.FOLLOW);
            if (place.node() == null && !(flags.contains(Access.CREATE) || flags.contains(Access.CREATE_NEW))) {
                throw new NoSuchFileException(path.toString());
            }
            if (place.node() == null) {
                return MemoryPositionalFile.made(tree, place, flags);
            }
            File file = place.file();
            if (flags.contains(Access.CREATE_NEW)) {
                throw new FileAlreadyExistsException(path.toString());
            }
            return flags.contains(Access.TRUNCATE)
                    ? MemoryPositionalFile.made(tree, place, flags)
                    : MemoryPositionalFile.existing(tree, place, flags, file);
        }
    }

    @Override
    public Set<Attribute> settable() {
        return EnumSet.allOf(Attribute.class);
    }

    @Override
    public void change(VirtualPath path, AttributeChange change, LinkHandling links) throws IOException {
        synchronized (tree) {
            tree.find(path, links).existing().apply(change);
        }
    }

    @Override
    public String readLink(VirtualPath path) throws IOException {
        synchronized (tree) {
            if (tree.find(path, LinkHandling.NO_FOLLOW).existing() instanceof Link link) {
                return link.target;
            }
            throw new NotLinkException(path.toString());
        }
    }

    @Override
    public void createSymbolicLink(VirtualPath path, String target) throws IOException {
        synchronized (tree) {
            Place place = tree.find(path, LinkHandling.NO_FOLLOW).notRoot();
            if (place.node() != null) {
                throw new FileAlreadyExistsException(path.toString());
            }
            if (leadsOut(path.parent(), target)) {
                throw new AccessDeniedException(path.toString(), null, "the link would lead out");
            }
            tree.add(place, tree.newLink(target));
        }
    }

    private static boolean leadsOut(VirtualPath directory, String target) {
        // refuses what no path may hold, too
        directory.resolve(target);
        int depth = target.startsWith("/") ? 0 : directory.segments().size();
        for (String name : target.split("/", -1)) {
            if (name.equals("..")) {
                depth--;
            } else if (!name.isEmpty() && !name.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void createHardLink(VirtualPath path, VirtualPath existing) throws IOException {
        synchronized (tree) {
            File file = tree.find(existing, LinkHandling.NO_FOLLOW).file();
            Place place = tree.find(path, LinkHandling.NO_FOLLOW).notRoot();
            if (place.node() != null) {
                throw new FileAlreadyExistsException(path.toString());
            }
            tree.add(place, file);
        }
    }

    @Override
    public Space space(VirtualPath path) throws IOException {
        synchronized (tree) {
            tree.find(path, LinkHandling.FOLLOW).existing();
        }
        return tree.budget().space();
    }

    @Override
    public void copy(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        synchronized (tree) {
            File file = tree.find(from, LinkHandling.FOLLOW).file();
            Place place = tree.find(to, LinkHandling.FOLLOW).notRoot();
            if (place.node() instanceof Folder) {
                throw new FileAlreadyExistsException(to.toString());
            }
            if (place.node() != null && mode == RenameMode.FAIL_IF_EXISTS) {
                throw new FileAlreadyExistsException(to.toString());
            }
            if (place.node() == file) {
                return;
            }
            MemoryContent copy = file.content.copy(to, file.content.size());
            boolean published = false;
            try {
                tree.publish(place, copy, WriteMode.REPLACE);
                published = true;
            } finally {
                if (!published) {
                    copy.release();
                }
            }
        }
    }
}
