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
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A directory's listing as something to be read: the next entries are asked for when the client has taken the last ones, so a million of them need no more room
 * than a few hundred.
 */
final class Listing implements ReadableFile {

    /** Entries asked for at first: few, as a store may take a second for each. */
    private static final int FIRST_BATCH = 128;

    /** The most that are asked for at a time: a millisecond of system calls between two looks at whether the transfer still runs; two threads meet as often. */
    private static final int MAX_BATCH = 1024;

    /** A store that has taken longer for a batch is asked for half as many, so that a transfer that moves is never taken for one that has stalled. */
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final EntryStream entries;
    private final EntryHelper helper;
    private final ListingFormat format;
    private final Predicate<String> names;
    private final LongSupplier nanoClock;
    private final OctetWriter lines = new OctetWriter();
    private int batch = FIRST_BATCH;
    private boolean ended;

    Listing(EntryStream entries, EntryHelper helper, ListingFormat format, Predicate<String> names) {
        this(entries, helper, format, names, System::nanoTime);
    }

    Listing(
            EntryStream entries,
            EntryHelper helper,
            ListingFormat format,
            Predicate<String> names,
            LongSupplier nanoClock) {
        this.entries = Objects.requireNonNull(entries, "the file system has listed nothing");
        this.helper = helper;
        this.format = format;
        this.names = names;
        this.nanoClock = nanoClock;
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
            long start = nanoClock.getAsLong();
            List<EntryStream.Part> parts = entries.nextParts(batch);
            ended = parts.isEmpty();
            for (List<DirectoryEntry> some : helper.entries(parts)) {
                write(some);
            }
            boolean slow = nanoClock.getAsLong() - start > SLOW_NANOS;
            batch = slow ? Math.max(1, batch / 2) : Math.min(MAX_BATCH, batch * 2);
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
