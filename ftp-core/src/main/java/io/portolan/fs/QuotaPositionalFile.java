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
    private final QuotaReservation room;
    private boolean committed;
    private boolean closed;

    QuotaPositionalFile(
            QuotaLedger ledger, VirtualPath path, PositionalFile file, boolean made, boolean append, long takenFiles) {
        this.ledger = ledger;
        this.path = path;
        this.file = file;
        this.made = made;
        this.append = append;
        this.room = new QuotaReservation(ledger, path, 0, takenFiles);
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        return file.read(target, offset);
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
        long size = file.size();
        long begin = append ? size : offset;
        room.take(Math.max(0, begin + source.remaining() - size));
        file.write(source, offset);
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public void truncate(long size) throws IOException {
        long change = size - file.size();
        if (change > 0) {
            room.take(change);
        }
        file.truncate(size);
        if (change < 0) {
            room.giveBack(-change);
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
            if (made) {
                room.publish(file::commit);
            } else {
                file.commit();
            }
            committed = true;
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
                room.giveAllBack();
                ledger.lookForKept(path);
            }
        }
    }
}
