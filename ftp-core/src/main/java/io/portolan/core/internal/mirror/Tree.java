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

    /**
     * The checksum of a file's content.
     *
     * @param algorithm of {@link java.security.MessageDigest}
     * @return empty if the tree tells none
     */
    Optional<byte[]> digest(VirtualPath file, String algorithm) throws IOException;
}
