package io.portolan.fs;

/** What an operation does with a symbolic link at the end of its path. */
public enum LinkHandling {
    /** The operation is about what the link points to, as long as that lies inside the file system. */
    FOLLOW,
    /** The operation is about the link itself. */
    NO_FOLLOW
}
