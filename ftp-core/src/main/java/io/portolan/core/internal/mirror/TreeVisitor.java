package io.portolan.core.internal.mirror;

import java.io.IOException;

/** Takes the entries of a directory, as they come. */
public interface TreeVisitor {

    void entry(TreeEntry entry) throws IOException;

    /** A line that stands for something whose name cannot be used. */
    default void unsafeName(String line) throws IOException {}

    /** A line of which nobody knows what it stands for. */
    default void notUnderstood(String line) throws IOException {}
}
