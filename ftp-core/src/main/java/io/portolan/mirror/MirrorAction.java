package io.portolan.mirror;

import java.util.Objects;

/**
 * One thing that a mirror does, or would do.
 *
 * @param kind what
 * @param reason why
 * @param path where, below both roots: begins with {@code /}
 * @param size octets of the file to be copied; -1 if that is not known, or it is none
 */
public record MirrorAction(Kind kind, Reason reason, String path, long size) {

    /** Checks the components. */
    public MirrorAction {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(path, "path");
    }

    /** What is done. */
    public enum Kind {
        /** A directory is made in the target. */
        MAKE_DIRECTORY,
        /** A file is copied to the target. */
        COPY,
        /** A symbolic link is made in the target. */
        MAKE_LINK,
        /** A file or link is deleted in the target. */
        DELETE,
        /** A directory with all that is in it is deleted in the target. */
        DELETE_DIRECTORY
    }

    /** Why it is done. */
    public enum Reason {
        /** The target has nothing of that name. */
        NEW,
        /** The sizes differ, or are not known. */
        SIZE,
        /** The times differ. */
        TIME,
        /** The checksums differ. */
        HASH,
        /** The links lead to different places. */
        LINK,
        /** The source has nothing of that name. */
        EXTRA,
        /** The target has a directory or link where the source has a file, or the reverse. */
        OTHER_TYPE
    }
}
