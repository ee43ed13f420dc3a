package io.portolan.fs;

/** What {@link VirtualFileSystem#openWrite} does with a file that exists. */
public enum WriteMode {
    /** Refuse: the file must be new, decided at the latest when it is committed. */
    CREATE_NEW,
    /** Replace its content. */
    REPLACE
}
