package io.portolan.core.internal.mirror;

import io.portolan.fs.FileType;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the target has in one directory, without its names: 40 to 80 octets an entry, so that a directory with a million of them can be compared. Names are told apart by a
 * keyed hash of 64 bits: two of a million names have the same once in ten million runs, and nobody who does not know the key can choose such names. Not for several
 * threads at a time.
 */
final class DirectoryIndex {

    private static final int FIRST_CAPACITY = 64;
    private static final byte MATCHED = 0x40;
    private static final byte TIMED = 0x20;
    private static final byte TYPE = 0x0f;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final long key1 = RANDOM.nextLong();
    private final long key2 = RANDOM.nextLong() | 1;
    private long[] hashes = new long[FIRST_CAPACITY];
    private long[] sizes = new long[FIRST_CAPACITY];
    private long[] seconds = new long[FIRST_CAPACITY];
    private int[] within = new int[FIRST_CAPACITY];
    private byte[] flags = new byte[FIRST_CAPACITY];
    private int size;
    private int matched;

    void add(TreeEntry entry) {
        if (4 * size >= 3 * hashes.length) {
            grow();
        }
        long hash = hash(entry.name());
        int slot = slot(hash);
        if (hashes[slot] == 0) {
            size++;
        }
        hashes[slot] = hash;
        sizes[slot] = entry.size();
        Instant time = entry.modified();
        seconds[slot] = time == null ? 0 : time.getEpochSecond();
        // Without the fraction, the time is told to the second.
        within[slot] =
                (int) Math.min(Integer.MAX_VALUE, Math.max(1, entry.within().toSeconds()));
        flags[slot] = (byte) (code(entry.type()) | (time == null ? 0 : TIMED));
    }

    /** The entry of that name, which then counts as matched; null if there is none. */
    @Nullable
    TreeEntry match(String name) {
        int slot = slot(hash(name));
        if (hashes[slot] == 0) {
            return null;
        }
        if ((flags[slot] & MATCHED) == 0) {
            flags[slot] |= MATCHED;
            matched++;
        }
        return new TreeEntry(
                name,
                type(flags[slot] & TYPE),
                sizes[slot],
                (flags[slot] & TIMED) == 0 ? null : Instant.ofEpochSecond(seconds[slot]),
                Duration.ofSeconds(within[slot]));
    }

    boolean isMatched(String name) {
        int slot = slot(hash(name));
        return hashes[slot] != 0 && (flags[slot] & MATCHED) != 0;
    }

    boolean hasUnmatched() {
        return matched < size;
    }

    private static int code(FileType type) {
        return switch (type) {
            case FILE -> 0;
            case DIRECTORY -> 1;
            case SYMBOLIC_LINK -> 2;
            case OTHER -> 3;
        };
    }

    private static FileType type(int code) {
        return switch (code) {
            case 0 -> FileType.FILE;
            case 1 -> FileType.DIRECTORY;
            case 2 -> FileType.SYMBOLIC_LINK;
            default -> FileType.OTHER;
        };
    }

    private int slot(long hash) {
        int mask = hashes.length - 1;
        int slot = (int) (hash >>> 20) & mask;
        while (hashes[slot] != 0 && hashes[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** A polynomial over the name's characters at a secret point, mixed; never 0, which marks what is free. */
    private long hash(String name) {
        long hash = key1;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * key2;
            hash ^= hash >>> 29;
        }
        hash = (hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 29;
        return hash == 0 ? 1 : hash;
    }

    private void grow() {
        long[] oldHashes = hashes;
        long[] oldSizes = sizes;
        long[] oldSeconds = seconds;
        int[] oldWithin = within;
        byte[] oldFlags = flags;
        int capacity = 2 * oldHashes.length;
        hashes = new long[capacity];
        sizes = new long[capacity];
        seconds = new long[capacity];
        within = new int[capacity];
        flags = new byte[capacity];
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int slot = slot(oldHashes[i]);
                hashes[slot] = oldHashes[i];
                sizes[slot] = oldSizes[i];
                seconds[slot] = oldSeconds[i];
                within[slot] = oldWithin[i];
                flags[slot] = oldFlags[i];
            }
        }
    }
}
