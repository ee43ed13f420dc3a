package io.portolan.core.internal.listing;

import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.FileInfo;
import io.portolan.fs.VirtualPath;

/** Reads the lines of a listing in one format. Implementations never throw, whatever the line holds, and take time linear in its length. */
@FunctionalInterface
public interface ListingParser {

    /**
     * Reads a line.
     *
     * @param line the line without its end
     * @return what it stands for
     */
    ListingLine parse(String line);

    /** The entry of a name that came from the peer, if it is one path segment. */
    static ListingLine entry(String name, FileInfo info) {
        if (name.equals(".") || name.equals("..")) {
            return ListingLine.SKIPPED;
        }
        return VirtualPath.isValidName(name)
                ? new ListingLine.Entry(new DirectoryEntry(name, info))
                : ListingLine.UNSAFE_NAME;
    }
}
