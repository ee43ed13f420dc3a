package io.portolan.core.internal.listing;

import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.FileInfo;
import io.portolan.fs.VirtualPath;

/**
 * Reads the lines of a listing in one format. Implementations never throw, whatever the line holds, and take time linear in its length. They may remember
 * headings and earlier lines: one instance for each listing, and one thread at a time.
 */
@FunctionalInterface
public interface ListingParser {

    /**
     * Reads a line.
     *
     * @param line the line without its end
     * @return what it stands for
     */
    ListingLine parse(String line);

    /**
     * The entry of a name that came from the peer. This is the one place where a listing's text becomes a name, so that each name is one path segment.
     * A backslash or colon is left in a name of Unix, where it separates nothing; the systems where it does have {@link #dosEntry}. Whoever makes a local file of
     * a name has to check it against the local system's rules as well.
     */
    static ListingLine entry(String name, FileInfo info, boolean sized, TimePrecision time) {
        if (name.equals(".") || name.equals("..")) {
            return ListingLine.SKIPPED;
        }
        return VirtualPath.isValidName(name)
                ? new ListingLine.Entry(new DirectoryEntry(name, info), sized, time)
                : ListingLine.UNSAFE_NAME;
    }

    /** As {@link #entry}, for systems where a backslash separates, and a colon stands behind a drive or before a stream. */
    static ListingLine dosEntry(String name, FileInfo info, boolean sized, TimePrecision time) {
        return name.indexOf('\\') >= 0 || name.indexOf(':') >= 0
                ? ListingLine.UNSAFE_NAME
                : entry(name, info, sized, time);
    }
}
