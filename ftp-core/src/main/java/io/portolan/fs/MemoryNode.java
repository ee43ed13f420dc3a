package io.portolan.fs;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What stands behind a name of an {@link InMemoryFileSystem}. Guarded by the file system's lock, except the bytes of a file. */
abstract sealed class MemoryNode {

    private final long id;
    Instant modified;
    Instant accessed;
    Instant created;
    int permissionBits;

    @Nullable
    String owner;

    @Nullable
    String group;

    MemoryNode(long id, Instant now, int permissionBits) {
        this.id = id;
        this.modified = now;
        this.accessed = now;
        this.created = now;
        this.permissionBits = permissionBits;
    }

    abstract FileInfo.Builder describe();

    FileInfo info() {
        FileInfo.Builder info = describe()
                .modified(modified)
                .accessed(accessed)
                .created(created)
                .permissionBits(permissionBits)
                .fileKey(id);
        if (owner != null) {
            info.owner(owner);
        }
        if (group != null) {
            info.group(group);
        }
        return info.build();
    }

    void apply(AttributeChange change) {
        modified = change.modified().orElse(modified);
        accessed = change.accessed().orElse(accessed);
        created = change.created().orElse(created);
        permissionBits = change.permissionBits().orElse(permissionBits);
        owner = change.owner().orElse(owner);
        group = change.group().orElse(group);
    }

    /** An ordinary file. */
    static final class File extends MemoryNode {
        final MemoryContent content;
        int names;

        File(long id, Instant now, int permissionBits, MemoryContent content) {
            super(id, now, permissionBits);
            this.content = content;
        }

        @Override
        FileInfo.Builder describe() {
            return FileInfo.builder(FileType.FILE).size(content.size()).linkCount(names);
        }
    }

    /** A directory, whose names are told in their order. */
    static final class Folder extends MemoryNode {
        final TreeMap<String, MemoryNode> children = new TreeMap<>();
        /** Parts of broken uploads, by the name that they were for. */
        final Map<String, MemoryContent> kept = new LinkedHashMap<>();
        /** Set when it is deleted: uploads that began in it cannot be published any more. */
        boolean gone;

        Folder(long id, Instant now, int permissionBits) {
            super(id, now, permissionBits);
        }

        @Override
        FileInfo.Builder describe() {
            return FileInfo.builder(FileType.DIRECTORY);
        }
    }

    /** A symbolic link. */
    static final class Link extends MemoryNode {
        final String target;

        Link(long id, Instant now, String target) {
            super(id, now, 0777);
            this.target = target;
        }

        @Override
        FileInfo.Builder describe() {
            return FileInfo.builder(FileType.SYMBOLIC_LINK)
                    .size(target.length())
                    .linkTarget(target);
        }
    }
}
