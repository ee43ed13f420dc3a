package io.portolan.mirror;

/** Why a mirror leaves out something that is in the source. */
public enum MirrorSkip {
    /** It is a symbolic link, which {@link MirrorLinks} leaves out, or which leads nowhere, or which the other side cannot have. */
    LINK,
    /** It is a symbolic link that leads out of the tree, and is not made by {@link MirrorLinks#KEEP}. */
    UNSAFE_LINK,
    /** It is a symbolic link to a directory in which it lies itself, or the ninth to a directory on the way there, and is not followed by {@link MirrorLinks#FOLLOW}. */
    LOOP,
    /** It is neither a file nor a directory. */
    SPECIAL,
    /** Its name is not that of one file: it would lead elsewhere. Nothing is deleted in that directory. */
    UNSAFE_NAME,
    /** A line of the server's listing was not understood. Nothing is deleted in that directory, since the line may be that of a file. */
    NOT_UNDERSTOOD,
    /** The directory lies too deep ({@link MirrorOptions.Builder#maxDepth}). */
    TOO_DEEP
}
