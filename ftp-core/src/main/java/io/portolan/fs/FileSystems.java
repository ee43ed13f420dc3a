package io.portolan.fs;

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
}
