package io.portolan.sftp.server.internal.engine;

import io.portolan.sftp.internal.SftpStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who has locked what part of which file, for all sessions of a server (draft-ietf-secsh-filexfer-13 sections 8.1.1.3 and 8.2.3). The locks are advisory: they keep out
 * other locks, not READ and WRITE, and programs beside the server know nothing of them. One that keeps others from reading stands alone; those that only keep
 * others from writing may overlap. Safe to use from any thread.
 */
public final class LockTable {

    /** How many locks all sessions together may hold: some megabytes. */
    static final int MAX_LOCKS = 65_536;

    /** How many one open file may hold: more than any editor or database needs, and each new lock is compared with all of a file. */
    static final int MAX_LOCKS_OF_FILE = 256;

    private final Map<Object, List<Held>> byFile = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /**
     * A part of a file that is locked.
     *
     * @param holder who holds it
     * @param offset its first octet
     * @param length how many octets, 0 for all to the end, wherever that is
     * @param exclusive whether others may not even read
     */
    record Held(Object holder, long offset, long length, boolean exclusive) {
        private boolean overlaps(Held other) {
            return offset <= other.last() && other.offset <= last();
        }

        private long last() {
            return length == 0 || length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length - 1;
        }

        private boolean excludes(Held other) {
            return holder != other.holder && (exclusive || other.exclusive) && overlaps(other);
        }
    }

    /**
     * Locks.
     *
     * @param conflict what the peer is told if another one is in the way
     */
    void add(Object file, Held lock, SftpStatus conflict) throws RequestFailure {
        if (count.incrementAndGet() > MAX_LOCKS) {
            count.decrementAndGet();
            throw new RequestFailure(SftpStatus.BYTE_RANGE_LOCK_REFUSED, "Too many locks");
        }
        boolean[] added = new boolean[1];
        boolean[] tooMany = new boolean[1];
        byFile.compute(file, (key, present) -> {
            List<Held> locks = present == null ? List.of() : present;
            tooMany[0] = locks.size() >= MAX_LOCKS_OF_FILE;
            if (tooMany[0] || locks.stream().anyMatch(lock::excludes)) {
                return present;
            }
            added[0] = true;
            List<Held> more = new ArrayList<>(locks);
            more.add(lock);
            return more;
        });
        if (!added[0]) {
            count.decrementAndGet();
            throw tooMany[0]
                    ? new RequestFailure(SftpStatus.BYTE_RANGE_LOCK_REFUSED, "Too many locks of this file")
                    : new RequestFailure(conflict, "Somebody else has locked that");
        }
    }

    /** Unlocks one; says whether there was one. */
    boolean remove(Object file, Held lock) {
        boolean[] removed = new boolean[1];
        byFile.computeIfPresent(file, (key, present) -> {
            List<Held> fewer = new ArrayList<>(present);
            removed[0] = fewer.remove(lock);
            return fewer.isEmpty() ? null : fewer;
        });
        if (removed[0]) {
            count.decrementAndGet();
        }
        return removed[0];
    }

    /** How many there are. */
    public int size() {
        return count.get();
    }
}
