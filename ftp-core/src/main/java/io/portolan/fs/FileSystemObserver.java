package io.portolan.fs;

/**
 * Is told what was done to a file system ({@link FileSystems#observed}), after it succeeded, on the thread that did it. What an observer throws goes to that thread's
 * uncaught-exception handler: the operation has succeeded and is not undone. Each method does nothing unless it is overridden.
 */
public interface FileSystemObserver {

    /**
     * A file that was open for reading was closed.
     *
     * @param path the file
     */
    default void read(VirtualPath path) {}

    /**
     * A file was published, appended to or copied, or an open file that was written in place was closed.
     *
     * @param path the file
     */
    default void written(VirtualPath path) {}

    /**
     * A file or a symbolic link was deleted.
     *
     * @param path the file
     */
    default void deleted(VirtualPath path) {}

    /**
     * A directory was made.
     *
     * @param path the directory
     */
    default void directoryCreated(VirtualPath path) {}

    /**
     * A directory was deleted.
     *
     * @param path the directory
     */
    default void directoryDeleted(VirtualPath path) {}

    /**
     * Something was renamed.
     *
     * @param from the old path
     * @param to the new path
     */
    default void renamed(VirtualPath from, VirtualPath to) {}

    /**
     * Attributes were set.
     *
     * @param path the file
     * @param change what was set
     */
    default void attributesChanged(VirtualPath path, AttributeChange change) {}

    /**
     * A symbolic or hard link was made.
     *
     * @param path the link
     */
    default void linkCreated(VirtualPath path) {}
}
