package io.portolan.fs;

import java.io.IOException;

/** The room that an open file has taken, until it is known what becomes of the file. Used by whoever uses the file. */
final class QuotaReservation {

    /** What makes the file visible. */
    interface Publication {
        void commit() throws IOException;
    }

    private final QuotaLedger ledger;
    private final VirtualPath path;
    private final long files;
    private long bytes;

    /**
     * Takes over what was taken when the file was opened.
     *
     * @param bytes what was taken for it already
     * @param files 1 if there was nothing at its path
     */
    QuotaReservation(QuotaLedger ledger, VirtualPath path, long bytes, long files) {
        this.ledger = ledger;
        this.path = path;
        this.bytes = bytes;
        this.files = files;
    }

    void take(long more) throws IOException {
        ledger.take(path, more, 0);
        bytes += more;
    }

    void giveBack(long fewer) {
        ledger.give(fewer, 0);
        bytes -= fewer;
    }

    /** The file goes to its path, where it keeps what it has taken, and what it replaces gives back. */
    void publish(Publication file) throws IOException {
        synchronized (ledger) {
            FileInfo replaced = ledger.look(path, LinkHandling.FOLLOW);
            file.commit();
            ledger.give(QuotaLedger.size(replaced), replaced == null ? files - 1 : files);
            ledger.forgetKept(path);
        }
    }

    /** The file has broken. */
    void giveAllBack() {
        ledger.give(bytes, files);
    }
}
