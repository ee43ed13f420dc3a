package io.portolan.fs.nio;

/**
 * What {@link PathFileSystem} does with symbolic links that lie in the middle of a path, or at its end where the operation follows links: the setting of whoever
 * serves the directory, for all operations. Whether an operation follows a link at the end of its path is said by {@link io.portolan.fs.LinkHandling}.
 */
public enum LinkPolicy {
    /** A link is followed if every step of the way lies inside the root; one that leads out is refused. */
    FOLLOW_INSIDE,
    /** No link is followed; each is refused. */
    REFUSE
}
