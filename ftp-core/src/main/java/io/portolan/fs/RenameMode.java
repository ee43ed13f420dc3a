package io.portolan.fs;

/** What {@link VirtualFileSystem#rename} does with a file that exists at the new path. */
public enum RenameMode {
    /** Refuse. */
    FAIL_IF_EXISTS,
    /** Replace a file, atomically where the store can. A directory is never replaced. */
    REPLACE
}
