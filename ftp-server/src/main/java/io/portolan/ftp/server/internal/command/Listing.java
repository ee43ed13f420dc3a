package io.portolan.ftp.server.internal.command;

import io.portolan.core.internal.listing.Glob;
import io.portolan.core.internal.listing.ListingFormat;
import io.portolan.core.internal.listing.OctetWriter;
import io.portolan.fs.DirectoryEntry;
import io.portolan.fs.EntryStream;
import io.portolan.fs.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A directory's listing as something to be read: the next entries are asked for when the client has taken the last ones, so a million of them need no more room
 * than a few hundred.
 */
final class Listing implements ReadableFile {

    /** Entries asked for at a time: a millisecond of system calls between two looks at whether the transfer still runs; two threads meet as often. */
    private static final int BATCH = 1024;

    private final EntryStream entries;
    private final EntryHelper helper;
    private final ListingFormat format;
    private final Predicate<String> names;
    private final OctetWriter lines = new OctetWriter();
    private boolean ended;

    Listing(EntryStream entries, EntryHelper helper, ListingFormat format, Predicate<String> names) {
        this.entries = Objects.requireNonNull(entries, "the file system has listed nothing");
        this.helper = helper;
        this.format = format;
        this.names = names;
    }

    /** Everything whose name does not begin with a dot, or really everything. */
    static Predicate<String> all(boolean hiddenToo) {
        return hiddenToo ? name -> true : name -> name.charAt(0) != '.';
    }

    static Predicate<String> matching(String pattern) {
        Glob glob = Glob.compile(pattern);
        return glob::matches;
    }

    /** What is written before the first entry. */
    OctetWriter lines() {
        return lines;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        while (lines.length() == 0) {
            if (ended) {
                return -1;
            }
            List<EntryStream.Part> parts = entries.nextParts(BATCH);
            ended = parts.isEmpty();
            for (List<DirectoryEntry> some : helper.entries(parts)) {
                write(some);
            }
        }
        return lines.drainTo(target);
    }

    private void write(List<DirectoryEntry> some) {
        for (DirectoryEntry entry : some) {
            if (names.test(entry.name())) {
                format.write(entry, lines);
            }
        }
    }

    @Override
    public void close() throws IOException {
        entries.close();
    }
}
