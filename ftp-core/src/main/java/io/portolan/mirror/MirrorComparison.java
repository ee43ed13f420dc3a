package io.portolan.mirror;

/**
 * By what a mirror knows that a file has changed. Times are compared as exactly as both sides tell them: a listing that tells days cannot tell that a file was
 * changed in the afternoon. Where a side tells neither size nor time, the file counts as changed.
 */
public enum MirrorComparison {
    /** Changed if the sizes differ. */
    SIZE,
    /** Changed if the sizes differ, or the source is newer. For targets whose times cannot be set, which then have the time of the copy. */
    SIZE_OR_NEWER,
    /** Changed if the sizes or the times differ. */
    SIZE_OR_TIME,
    /** Changed if the sizes differ, or the checksum of the server differs from the local file's; as {@link #SIZE_OR_TIME} where the server tells none. */
    HASH
}
