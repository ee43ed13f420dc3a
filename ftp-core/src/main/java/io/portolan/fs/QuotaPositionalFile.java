package io.portolan.fs;

import io.portolan.fs.PositionalFiles.PositionalFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file that takes room as it grows: for good where it is changed in place, until it is closed uncommitted where it is new. */
final class QuotaPositionalFile implements PositionalFile {

    private final QuotaLedger ledger;
    private final VirtualPath path;
    private final PositionalFile file;
    private final boolean made;
    private final boolean append;
    private final long takenFiles;
    private long takenBytes;
    private boolean committed;
    private boolean closed;

    QuotaPositionalFile(
            QuotaLedger ledger, VirtualPath path, PositionalFile file, boolean made, boolean append, long takenFiles) {
        this.ledger = ledger;
        this.path = path;
        this.file = file;
        this.made = made;
        this.append = append;
        this.takenFiles = takenFiles;
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        return file.read(target, offset);
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
        long size = file.size();
        long begin = append ? size : offset;
        grow(Math.max(0, begin + source.remaining() - size));
        file.write(source, offset);
    }

    private void grow(long count) throws IOException {
        ledger.take(path, count, 0);
        takenBytes += count;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        long change = size - file.size();
        if (change > 0) {
            grow(change);
        }
        file.truncate(size);
        if (change < 0) {
            ledger.give(-change, 0);
            takenBytes += change;
        }
    }

    @Override
    public void force() throws IOException {
        file.force();
    }

    @Override
    public void commit() throws IOException {
        synchronized (ledger) {
            if (committed) {
                return;
            }
            FileInfo replaced = made ? ledger.look(path, LinkHandling.FOLLOW) : null;
            file.commit();
            committed = true;
            if (made) {
                ledger.give(QuotaLedger.size(replaced), replaced == null ? takenFiles - 1 : takenFiles);
                ledger.forgetKept(path);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            file.close();
        } finally {
            if (made && !committed) {
                ledger.give(takenBytes, takenFiles);
                ledger.lookForKept(path);
            }
        }
    }
}
