package io.portolan.sftp.server.internal.handle;

import io.portolan.fs.OperationNotSupportedException;
import io.portolan.fs.VirtualPath;
import io.portolan.fs.WritableFile;
import io.portolan.sftp.internal.SftpStatus;
import io.portolan.sftp.server.internal.engine.RequestFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a file of a store that can only be written forward. What comes ahead of its turn, as from clients that send from several places at a time, is kept
 * until the gap before it is filled, within a bound; whoever writes the same place again is refused. A gap that is left at the end fails the commit.
 */
final class SequentialWriter implements FileContent {

    /** What a piece costs beyond its octets: thousands of pieces of one octet are no less of a burden. */
    static final int PIECE = 512;

    /** How much may be kept ahead of its turn: what OpenSSH's client sends ahead, 64 pieces of the 32 KiB that were usual for long. */
    static final int WINDOW = 64 * (32 * 1024 + PIECE);

    private final WritableFile file;
    private final VirtualPath path;

    /** Whether the peer's places do not count, as all is written at the end. */
    private final boolean append;

    private final TreeMap<Long, byte[]> ahead = new TreeMap<>();
    private int aheadOctets;
    private long position;

    SequentialWriter(WritableFile file, VirtualPath path, long position, boolean append) {
        this.file = file;
        this.path = path;
        this.position = position;
        this.append = append;
    }

    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
        throw new OperationNotSupportedException("read while writing", path);
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
        if (append || offset == position) {
            writeNow(source);
            writeWhatWaits();
            return;
        }
        int octets = source.remaining();
        if (offset < position || overlaps(offset, octets)) {
            throw new RequestFailure(SftpStatus.FAILURE, "Here files can be written once only, from begin to end");
        }
        if (octets + PIECE > WINDOW - aheadOctets) {
            throw new RequestFailure(SftpStatus.FAILURE, "Too far ahead: here files are written from begin to end");
        }
        byte[] copy = new byte[octets];
        source.get(copy);
        if (octets > 0) {
            ahead.put(offset, copy);
            aheadOctets += octets + PIECE;
        }
    }

    private boolean overlaps(long offset, int octets) {
        Map.Entry<Long, byte[]> before = ahead.floorEntry(offset);
        Map.Entry<Long, byte[]> after = ahead.ceilingEntry(offset);
        return before != null && before.getKey() + before.getValue().length > offset
                || after != null && offset + octets > after.getKey();
    }

    private void writeNow(ByteBuffer source) throws IOException {
        int octets = source.remaining();
        file.write(source);
        position += octets;
    }

    private void writeWhatWaits() throws IOException {
        Map.Entry<Long, byte[]> first = ahead.firstEntry();
        while (first != null && first.getKey() <= position) {
            ahead.remove(first.getKey());
            aheadOctets -= first.getValue().length + PIECE;
            if (first.getKey() < position) {
                throw new RequestFailure(SftpStatus.FAILURE, "Here files can be written once only, from begin to end");
            }
            writeNow(ByteBuffer.wrap(first.getValue()));
            first = ahead.firstEntry();
        }
    }

    @Override
    public long size() {
        return position;
    }

    @Override
    public void truncate(long size) throws IOException {
        if (size != position) {
            throw new OperationNotSupportedException("truncate", path);
        }
    }

    @Override
    public void force() throws IOException {
        throw new OperationNotSupportedException("force", path);
    }

    @Override
    public void commit() throws IOException {
        if (!ahead.isEmpty()) {
            throw new RequestFailure(SftpStatus.FAILURE, "A part of the file is missing");
        }
        file.commit();
    }

    @Override
    public void close() throws IOException {
        ahead.clear();
        file.close();
    }
}
