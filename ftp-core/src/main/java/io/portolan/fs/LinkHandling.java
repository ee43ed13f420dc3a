package io.portolan.fs;

/**
 * What an operation does with a symbolic link at the end of its path: the caller's choice, one call at a time. Links before the end are always followed, and how far any
 * link may lead is the file system's choice ({@link io.portolan.fs.nio.LinkPolicy}).
 */
public enum LinkHandling {
    /** The operation is about what the link points to, as long as that lies inside the file system. */
    FOLLOW,
    /** The operation is about the link itself. */
    NO_FOLLOW
}
