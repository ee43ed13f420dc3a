package io.portolan.fs;

/** What kind of thing a name stands for. */
public enum FileType {
    /** An ordinary file. */
    FILE,
    /** A directory. */
    DIRECTORY,
    /** A symbolic link itself. */
    SYMBOLIC_LINK,
    /** Anything else, such as a device, a socket or a pipe; never opened. */
    OTHER
}
