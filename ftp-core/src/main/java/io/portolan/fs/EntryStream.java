package io.portolan.fs;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/**
 * The entries of a directory, pulled in batches by one thread at a time.
 */
public interface EntryStream extends Closeable {

    /**
     * Gives the next entries.
     *
     * @param max the most entries wanted, 1 or more
     * @return between 1 and {@code max} entries, or an empty list at the end
     * @throws IOException if the directory cannot be read further
     */
    List<DirectoryEntry> next(int max) throws IOException;

    /**
     * Gives the next entries in parts that several threads may look up at a time, for stores where that takes longer than reading the names. The stream is asked for
     * nothing more until all of them have come back, or it is closed, which makes those that have not fail.
     *
     * @param max the most entries wanted, 1 or more, in all parts together
     * @return the parts in their order, or an empty list at the end
     * @throws IOException if the directory cannot be read further
     */
    default List<Part> nextParts(int max) throws IOException {
        List<DirectoryEntry> entries = next(max);
        return entries.isEmpty() ? List.of() : List.of(() -> entries);
    }

    /** Some of the next entries. */
    @FunctionalInterface
    interface Part {
        /**
         * Looks the entries up; called once, by any thread.
         *
         * @return the entries, without those that have vanished meanwhile: there may be none
         * @throws IOException if one cannot be looked up
         */
        List<DirectoryEntry> entries() throws IOException;
    }

    /** Ends the listing. May be called twice. */
    @Override
    void close() throws IOException;

    /**
     * A stream over entries that are there already, or that an iterator makes as it goes.
     *
     * @param entries the entries
     * @return the stream; closing it does nothing
     */
    static EntryStream of(Iterable<DirectoryEntry> entries) {
        Iterator<DirectoryEntry> iterator = entries.iterator();
        return new EntryStream() {
            @Override
            public List<DirectoryEntry> next(int max) {
                var batch = new java.util.ArrayList<DirectoryEntry>(Math.min(max, 64));
                while (batch.size() < max && iterator.hasNext()) {
                    batch.add(iterator.next());
                }
                return batch;
            }

            @Override
            public void close() {}
        };
    }
}
