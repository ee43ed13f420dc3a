package io.portolan.core.internal.listing;

import io.portolan.fs.DirectoryEntry;

/** Writes the entries of a directory, one line each. Implementations keep state from line to line: not for several threads at a time. */
public interface ListingFormat {

    /**
     * Writes one line with its CR LF.
     *
     * @return whether it was written; an entry whose name could split the line is left out
     */
    boolean write(DirectoryEntry entry, OctetWriter out);
}
