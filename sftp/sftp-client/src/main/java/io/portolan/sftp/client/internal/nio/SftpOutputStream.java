package io.portolan.sftp.client.internal.nio;

import io.portolan.sftp.client.RemoteFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** A file that is written from a place on; what the server could not write shows at the next call, and at {@link #close} at the latest. One thread at a time. */
final class SftpOutputStream extends OutputStream {

    /** What is gathered at first: one request of most servers, as most files are small. */
    static final int FIRST = 32 * 1024;

    /** What is gathered later before it goes: some requests. */
    static final int PART = 256 * 1024;

    /** How many of these are under way: 4 MiB, which fill a line of 300 Mbit/s at a round trip of 100 ms. */
    static final int UNDER_WAY = 16;

    private final RemoteFile file;
    private final boolean appends;
    private final Deque<CompletableFuture<Void>> underWay = new ArrayDeque<>();
    private ByteBuffer part = ByteBuffer.allocate(0);
    private long position;
    private boolean closed;
    private boolean broken;

    SftpOutputStream(RemoteFile file, boolean appends) throws IOException {
        this.file = file;
        this.appends = appends;
        boolean opened = false;
        try {
            // servers of version 3 append only where the client says, and some heed the flag
            position = appends ? Waiting.await(file.size()) : 0;
            opened = true;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
        requireWhole();
    }

    /** What could not be written once is not made good by what is written behind it. */
    private void requireWhole() throws IOException {
        if (broken) {
            throw new IOException("not all could be written");
        }
    }

    private void send() throws IOException {
        if (part.position() == 0) {
            return;
        }
        ByteBuffer full = part.flip();
        int octets = full.remaining();
        part = ByteBuffer.allocate(0);
        // whatever is appended has to come in its order
        settle(appends ? 0 : UNDER_WAY - 1);
        underWay.add(file.write(position, full));
        position += octets;
    }

    private void settle(int most) throws IOException {
        while (underWay.size() > most) {
            CompletableFuture<Void> first = underWay.remove();
            broken = true;
            var ignored = Waiting.await(first);
            broken = false;
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, octets.length);
        requireOpen();
        int from = offset;
        int left = length;
        while (left > 0) {
            if (part.capacity() == 0) {
                part = ByteBuffer.allocate(position == 0 ? FIRST : PART);
            }
            int count = Math.min(left, part.remaining());
            part.put(octets, from, count);
            from += count;
            left -= count;
            if (!part.hasRemaining()) {
                send();
            }
        }
    }

    @Override
    public void flush() throws IOException {
        requireOpen();
        send();
        settle(0);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        boolean whole = false;
        try {
            requireWhole();
            send();
            settle(0);
            whole = true;
        } finally {
            if (!whole) {
                file.close();
            }
        }
        var ignored = Waiting.await(file.closeAndTell());
    }
}
