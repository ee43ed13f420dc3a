package io.portolan.fs;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of a file in memory, in chunks, so that growing never copies what is there. Whoever holds it keeps it: a reader goes on reading what it opened after the
 * file was replaced or deleted. What was never written reads as zero and takes no heap.
 */
final class MemoryContent {

    /** Large enough that a transfer's buffer touches one or two, small enough that a file's last one wastes little. */
    static final int CHUNK = 64 * 1024;

    /** Files smaller than a chunk begin with this much and double. */
    private static final int SMALLEST = 512;

    private static final byte[] NOTHING = {};

    private final MemoryBudget budget;
    private byte[][] chunks = {NOTHING};
    private long size;
    private int holders = 1;

    MemoryContent(MemoryBudget budget) {
        this.budget = budget;
    }

    synchronized MemoryContent hold() {
        holders++;
        return this;
    }

    synchronized void release() {
        holders--;
        if (holders == 0) {
            budget.giveBytes(size);
            size = 0;
            chunks = new byte[][] {NOTHING};
        }
    }

    synchronized long size() {
        return size;
    }

    /** Reads as a file does: 1 byte or more, or -1 at the end. */
    synchronized int read(ByteBuffer target, long offset) {
        if (offset >= size) {
            return -1;
        }
        int total = (int) Math.min(target.remaining(), size - offset);
        for (int left = total; left > 0; ) {
            long at = offset + total - left;
            int inChunk = (int) (at % CHUNK);
            int count = Math.min(left, CHUNK - inChunk);
            byte[] chunk = chunks[(int) (at / CHUNK)];
            int present = Math.max(0, Math.min(count, chunk.length - inChunk));
            if (present > 0) {
                target.put(chunk, inChunk, present);
            }
            for (int i = present; i < count; i++) {
                target.put((byte) 0);
            }
            left -= count;
        }
        return total;
    }

    /** Writes all of the buffer, or nothing. */
    synchronized void write(VirtualPath path, ByteBuffer source, long offset) throws QuotaExceededException {
        if (!source.hasRemaining()) {
            return;
        }
        long end = Math.addExact(offset, source.remaining());
        if (end > size) {
            extend(path, end);
        }
        for (long at = offset; source.hasRemaining(); ) {
            int inChunk = (int) (at % CHUNK);
            int count = Math.min(source.remaining(), CHUNK - inChunk);
            source.get(room((int) (at / CHUNK), inChunk + count), inChunk, count);
            at += count;
        }
    }

    synchronized void append(VirtualPath path, ByteBuffer source) throws QuotaExceededException {
        write(path, source, size);
    }

    synchronized void resize(VirtualPath path, long newSize) throws QuotaExceededException {
        if (newSize >= size) {
            extend(path, newSize);
            return;
        }
        budget.giveBytes(size - newSize);
        size = newSize;
        int used = (int) ((newSize + CHUNK - 1) / CHUNK);
        for (int i = used; i < chunks.length; i++) {
            chunks[i] = NOTHING;
        }
        byte[] last = used == 0 ? NOTHING : chunks[used - 1];
        int inLast = (int) (newSize - (long) (used - 1) * CHUNK);
        if (inLast < last.length) {
            // what is cut off must not come back when the file grows again
            Arrays.fill(last, inLast, last.length, (byte) 0);
        }
    }

    /** A content of its own with the first bytes of this one. */
    synchronized MemoryContent copy(VirtualPath path, long length) throws QuotaExceededException {
        MemoryContent copy = new MemoryContent(budget);
        copy.extend(path, length);
        int used = (int) ((length + CHUNK - 1) / CHUNK);
        for (int i = 0; i < used; i++) {
            byte[] chunk = chunks[i];
            copy.chunks[i] = Arrays.copyOf(chunk, (int) Math.min(chunk.length, length - (long) i * CHUNK));
        }
        return copy;
    }

    private void extend(VirtualPath path, long newSize) throws QuotaExceededException {
        budget.takeBytes(path, newSize - size);
        int needed = Math.toIntExact((newSize + CHUNK - 1) / CHUNK);
        if (needed > chunks.length) {
            int before = chunks.length;
            chunks = Arrays.copyOf(chunks, Math.max(needed, before * 2));
            Arrays.fill(chunks, before, chunks.length, NOTHING);
        }
        size = newSize;
    }

    private byte[] room(int index, int length) {
        byte[] chunk = chunks[index];
        if (chunk.length < length) {
            int grown = index > 0 ? CHUNK : Math.min(CHUNK, Math.max(SMALLEST, Math.max(chunk.length * 2, length)));
            chunk = Arrays.copyOf(chunk, grown);
            chunks[index] = chunk;
        }
        return chunk;
    }
}
