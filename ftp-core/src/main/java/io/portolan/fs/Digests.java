package io.portolan.fs;

import java.io.IOException;
import java.util.Optional;

/** Capability: the store knows digests without reading the file (an object store's checksums). Servers compute what is not known by reading. */
public interface Digests {

    /**
     * A digest of a whole file.
     *
     * @param path the file's path
     * @param algorithm its name in the JDK's terms, such as {@code SHA-256}, {@code MD5}, or {@code CRC32}
     * @return the digest's bytes, or empty if the store does not know it
     * @throws IOException if it cannot be told
     */
    Optional<byte[]> digest(VirtualPath path, String algorithm) throws IOException;
}
