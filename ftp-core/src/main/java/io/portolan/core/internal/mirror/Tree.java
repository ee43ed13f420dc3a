package io.portolan.core.internal.mirror;

import io.portolan.fs.VirtualPath;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** One of the two trees, its paths from its root. Calls block. */
public interface Tree {

    /**
     * Tells the entries of a directory, neither itself nor its parent among them.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there
     */
    void list(VirtualPath directory, TreeVisitor visitor) throws IOException;

    void makeDirectory(VirtualPath directory) throws IOException;

    /** Deletes a file or link. */
    void delete(VirtualPath file) throws IOException;

    /** Deletes a directory in which there is nothing. */
    void deleteDirectory(VirtualPath directory) throws IOException;

    /** Sets the time of the last change, if that is possible. */
    void setModified(VirtualPath file, Instant time) throws IOException;

    /** Sets a file's bits for read, write and execute, if that is possible. */
    void setPermissions(VirtualPath file, int bits) throws IOException;

    /**
     * What a link leads to, under the link's name.
     *
     * @return empty if it leads nowhere, or the tree does not follow links
     */
    default Optional<TreeEntry> follow(VirtualPath link) throws IOException {
        return Optional.empty();
    }

    /** Where the root is, in the terms of {@link #leadsTo}. */
    default VirtualPath location() throws IOException {
        return VirtualPath.root();
    }

    /**
     * Where a link leads to, in terms of the store behind the tree.
     *
     * @param from where the link's directory is, in the same terms
     * @return empty if the tree cannot tell
     */
    default Optional<VirtualPath> leadsTo(VirtualPath link, VirtualPath from) throws IOException {
        return readLink(link).flatMap(text -> LinkText.resolve(from, text));
    }

    /**
     * The text of a link.
     *
     * @return empty if the tree does not tell
     */
    default Optional<String> readLink(VirtualPath link) throws IOException {
        return Optional.empty();
    }

    /** Whether links can be made. */
    default boolean canMakeLinks() {
        return false;
    }

    /** Makes a link. */
    default void makeLink(VirtualPath link, String text) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * The checksum of a file's content.
     *
     * @param algorithm of {@link java.security.MessageDigest}
     * @return empty if the tree tells none
     */
    Optional<byte[]> digest(VirtualPath file, String algorithm) throws IOException;
}
