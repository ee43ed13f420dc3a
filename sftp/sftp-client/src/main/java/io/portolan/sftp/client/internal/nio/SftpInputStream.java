package io.portolan.sftp.client.internal.nio;

import io.portolan.sftp.client.RemoteFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** A file from its beginning to its end, read ahead the more the longer it is read. One thread at a time; {@link #close} from any. */
final class SftpInputStream extends InputStream {

    /** What one request of most servers takes: small files come by one, and the one that finds their end. */
    static final int FIRST = 32 * 1024;

    /** What is asked for at once, at the most. */
    static final int LARGEST = 1024 * 1024;

    /** How many of these are under way: with the one that is being read 4 MiB, which fill a line of 300 Mbit/s at a round trip of 100 ms. */
    static final int AHEAD = 3;

    private final RemoteFile file;
    private final Deque<Part> ahead = new ArrayDeque<>();
    private ByteBuffer part = ByteBuffer.allocate(0);
    private long asked;
    private int size = FIRST;
    private boolean ended;
    private boolean broken;
    private volatile boolean closed;

    SftpInputStream(RemoteFile file) {
        this.file = file;
    }

    /** Octets that are under way. */
    private record Part(ByteBuffer octets, CompletableFuture<Integer> count) {}

    private void ask(int most) {
        while (ahead.size() < most) {
            ByteBuffer octets = ByteBuffer.allocate(size);
            ahead.add(new Part(octets, file.read(asked, octets)));
            asked += size;
            size = Math.min(LARGEST, size * 2);
        }
    }

    /** Makes octets available, unless the file has ended. */
    private boolean fill() throws IOException {
        if (closed) {
            throw new IOException("the stream is closed");
        }
        if (broken) {
            throw new IOException("the stream has failed before");
        }
        while (!part.hasRemaining()) {
            if (ended) {
                return false;
            }
            // the first one alone tells of a small file all that there is
            ask(asked == 0 ? 1 : AHEAD);
            Part next = ahead.remove();
            // until this part is there nothing may follow it
            broken = true;
            int count = Waiting.await(next.count());
            broken = false;
            if (count < next.octets().capacity()) {
                ended = true;
                ahead.clear();
            } else {
                ask(AHEAD);
            }
            part = next.octets().flip();
        }
        return true;
    }

    @Override
    public int read() throws IOException {
        return fill() ? part.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, part.remaining());
        part.get(target, offset, count);
        return count;
    }

    @Override
    public int available() {
        return closed ? 0 : part.remaining();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            file.close();
        }
    }
}
