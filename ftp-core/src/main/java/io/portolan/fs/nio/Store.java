package io.portolan.fs.nio;

import io.portolan.fs.PartialUploads;
import io.portolan.fs.VirtualPath;
import java.nio.file.AccessDeniedException;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the parts of one {@link PathFileSystem} share. */
record Store(
        Root root,
        Walker walker,
        NameRules rules,
        PartialUploads partialUploads,
        @Nullable Set<PosixFilePermission> filePermissions,
        @Nullable Set<PosixFilePermission> directoryPermissions,
        Set<String> activeParts,
        Sweeper sweeper) {

    /** The names of temporary files that are being written at the moment; they are random, so that the name alone tells which one is meant. */
    static Set<String> noActiveParts() {
        return ConcurrentHashMap.newKeySet();
    }

    /** Refuses a path at which nothing may be made, whatever is there. */
    void requireCreatable(VirtualPath path) throws AccessDeniedException {
        if (path.isRoot() || !rules.isUsable(path.name())) {
            throw new AccessDeniedException(path.toString(), null, "not a name under which something can be made");
        }
    }

    FileAttribute<?>[] newFileAttributes() {
        return attributes(filePermissions);
    }

    FileAttribute<?>[] newDirectoryAttributes() {
        return attributes(directoryPermissions);
    }

    private FileAttribute<?>[] attributes(@Nullable Set<PosixFilePermission> permissions) {
        return permissions == null || !root.posix()
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }
}
