package io.portolan.mirror;

/** Why a mirror leaves out something that is in the source. */
public enum MirrorSkip {
    /** It is a symbolic link: none is followed and none is made. */
    LINK,
    /** It is neither a file nor a directory. */
    SPECIAL,
    /** Its name is not that of one file: it would lead elsewhere. Nothing is deleted in that directory. */
    UNSAFE_NAME,
    /** A line of the server's listing was not understood. Nothing is deleted in that directory, since the line may be that of a file. */
    NOT_UNDERSTOOD,
    /** The directory lies too deep ({@link MirrorOptions.Builder#maxDepth}). */
    TOO_DEEP
}
