package io.portolan.fs;

import java.io.IOException;
import java.nio.ByteBuffer;

/** An upload that takes room as it grows, and gives back what it replaced, or everything when it breaks. */
final class QuotaUpload implements WritableFile {

    private final QuotaLedger ledger;
    private final VirtualPath path;
    private final WritableFile file;
    private final boolean inPlace;
    private final long sizeBefore;
    private final QuotaReservation room;
    private boolean committed;
    private boolean closed;

    /**
     * Takes over an open file.
     *
     * @param takenBytes what was taken for it already
     * @param takenFiles 1 if there was nothing at its path
     * @param inPlace whether it appends to a file of {@code sizeBefore} bytes
     */
    QuotaUpload(
            QuotaLedger ledger,
            VirtualPath path,
            WritableFile file,
            long takenBytes,
            long takenFiles,
            boolean inPlace,
            long sizeBefore) {
        this.ledger = ledger;
        this.path = path;
        this.file = file;
        this.room = new QuotaReservation(ledger, path, takenBytes, takenFiles);
        this.inPlace = inPlace;
        this.sizeBefore = sizeBefore;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        room.take(source.remaining());
        file.write(source);
    }

    @Override
    public void commit() throws IOException {
        synchronized (ledger) {
            if (committed) {
                return;
            }
            if (inPlace) {
                file.commit();
            } else {
                room.publish(file::commit);
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
            if (!committed) {
                room.giveAllBack();
                if (inPlace) {
                    ledger.book(QuotaLedger.size(ledger.look(path, LinkHandling.FOLLOW)) - sizeBefore, 0);
                } else {
                    ledger.lookForKept(path);
                }
            }
        }
    }
}
