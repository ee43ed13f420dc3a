package io.portolan.fs;

/** How much an {@link InMemoryFileSystem} may still hold. */
final class MemoryBudget {

    private final long maxBytes;
    private final long maxEntries;
    private long bytes;
    private long entries;

    MemoryBudget(long maxBytes, long maxEntries) {
        this.maxBytes = maxBytes;
        this.maxEntries = maxEntries;
    }

    synchronized void takeBytes(VirtualPath path, long count) throws QuotaExceededException {
        if (count > maxBytes - bytes) {
            throw new QuotaExceededException(path, "the file system in memory holds at most " + maxBytes + " bytes");
        }
        bytes += count;
    }

    synchronized void giveBytes(long count) {
        bytes -= count;
    }

    synchronized void takeEntry(VirtualPath path) throws QuotaExceededException {
        if (entries >= maxEntries) {
            throw new QuotaExceededException(path, "the file system in memory holds at most " + maxEntries + " names");
        }
        entries++;
    }

    synchronized void giveEntry() {
        entries--;
    }

    synchronized SpaceInfo.Space space() {
        return new SpaceInfo.Space(maxBytes, maxBytes - bytes, maxBytes - bytes);
    }
}
