package io.portolan.fs;

import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Optional;

/** Wraps file systems into others. Each wrapper answers for its capabilities itself, so that none goes around it. */
public final class FileSystems {

    private FileSystems() {}

    /**
     * The same file system, for a session whose end must not close it.
     *
     * @param fileSystem the file system that several sessions share
     * @return a view whose {@code close()} does nothing
     */
    public static VirtualFileSystem shared(VirtualFileSystem fileSystem) {
        return new SharedFileSystem(fileSystem);
    }

    /**
     * A file system that can only be read.
     *
     * @param fileSystem the file system
     * @return a view that refuses every change with {@link java.nio.file.AccessDeniedException}
     */
    public static VirtualFileSystem readOnly(VirtualFileSystem fileSystem) {
        return new ReadOnlyFileSystem(fileSystem);
    }

    /**
     * A directory as a file system of its own, such as a user's home in a common tree. Where the store has {@link Subtrees}, it confines links to the directory by itself;
     * elsewhere links are looked for before each operation, which somebody who swaps links in the store meanwhile can outrun.
     *
     * @param fileSystem the file system
     * @param directory the directory that becomes the root
     * @return the file system; closing it closes {@code fileSystem} too
     * @throws java.nio.file.NoSuchFileException if nothing is there
     * @throws java.nio.file.NotDirectoryException if it is not a directory
     * @throws IOException if it cannot be opened
     */
    public static VirtualFileSystem rooted(VirtualFileSystem fileSystem, VirtualPath directory) throws IOException {
        Optional<Subtrees> subtrees = fileSystem.capability(Subtrees.class);
        if (subtrees.isPresent()) {
            return new SubtreeFileSystem(subtrees.get().openSubtree(directory), fileSystem);
        }
        if (!fileSystem.stat(directory, LinkHandling.FOLLOW).isDirectory()) {
            throw new NotDirectoryException(directory.toString());
        }
        return new RootedFileSystem(fileSystem, directory);
    }

    /**
     * Several file systems in one tree. A mount hides what the one above it has at its path; directories on the way to a mount are there by themselves. Renames and copies
     * from one mount into another are refused with {@link OperationNotSupportedException}, and so is a capability that the mount at a path does not have. Mount points cannot be deleted,
     * renamed or replaced.
     *
     * @param mounts the file systems by their paths; the one at the root, if any, is the base
     * @return the tree; closing it closes all of them
     * @throws IllegalArgumentException if there is none
     */
    public static VirtualFileSystem mounted(Map<VirtualPath, VirtualFileSystem> mounts) {
        return new MountedFileSystem(mounts);
    }

    /**
     * A file system that tells what is done to it.
     *
     * @param fileSystem the file system
     * @param observer who is told
     * @return the file system
     */
    public static VirtualFileSystem observed(VirtualFileSystem fileSystem, FileSystemObserver observer) {
        return new ObservedFileSystem(fileSystem, observer);
    }

    /**
     * A file system with a quota. What is there is counted by walking it before the first change; from then on only what is done through this view counts, so
     * the sessions of a user must share one ({@link #shared}).
     *
     * @param fileSystem the file system
     * @param limits what it may hold
     * @return a view that refuses what exceeds the limits with {@link QuotaExceededException}
     */
    public static VirtualFileSystem quota(VirtualFileSystem fileSystem, QuotaLimits limits) {
        return new QuotaFileSystem(fileSystem, limits);
    }
}
