package io.portolan.ftp.client.internal.nio;

import io.portolan.fs.ReadableFile;
import io.portolan.fs.WritableFile;
import io.portolan.transfer.TransferSink;
import io.portolan.transfer.TransferSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Octets between a transfer and a thread of the application: who is faster waits. The end is one of three: all has gone in, it has failed, or who takes them has gone. Safe to use from any thread.
 */
final class Pipe {

    /** What is on its way: enough that both sides work at a time. */
    static final int SIZE = 256 * 1024;

    private final byte[] ring = new byte[SIZE];
    private int begin;
    private int count;
    private boolean complete;
    private boolean abandoned;
    private @Nullable IOException failure;

    private interface Condition {
        boolean met();
    }

    private void await(Condition condition) throws InterruptedIOException {
        try {
            while (!condition.met()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted during a transfer");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Puts octets in; waits while there is no room. */
    synchronized void put(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            await(() -> count < SIZE || abandoned || failure != null || complete);
            requireRunning();
            int end = (begin + count) % SIZE;
            int most = Math.min(octets.remaining(), Math.min(SIZE - count, SIZE - end));
            octets.get(ring, end, most);
            count += most;
            notifyAll();
        }
    }

    private void requireRunning() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
        if (abandoned || complete) {
            throw new IOException("the other side of the transfer has gone");
        }
    }

    /** Takes octets out; waits while there is none. -1 at the end. */
    synchronized int take(ByteBuffer target) throws IOException {
        await(() -> count > 0 || complete || abandoned || failure != null);
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
        if (abandoned) {
            throw new IOException("the transfer was given up");
        }
        if (count == 0) {
            return -1;
        }
        int most = Math.min(target.remaining(), Math.min(count, SIZE - begin));
        target.put(ring, begin, most);
        begin = (begin + most) % SIZE;
        count -= most;
        notifyAll();
        return most;
    }

    /** Waits until there is something to take, or nothing will ever be. */
    synchronized void awaitFirst() throws IOException {
        await(() -> count > 0 || complete || abandoned || failure != null);
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }

    /** All has gone in. */
    synchronized void complete() {
        complete = true;
        notifyAll();
    }

    /** Both sides are to hear of a failure; only the first counts. */
    synchronized void fail(IOException cause) {
        if (failure == null) {
            failure = cause;
        }
        notifyAll();
    }

    /** Nobody takes anything any more, or puts anything in. */
    synchronized void abandon() {
        abandoned = true;
        notifyAll();
    }

    /** For a download; that it is complete is for its completion to say. */
    TransferSink sink() {
        return offset -> new WritableFile() {
            @Override
            public void write(ByteBuffer source) throws IOException {
                put(source);
            }

            @Override
            public void commit() {
                // the server's last word comes after it
            }

            @Override
            public void close() {
                // likewise
            }
        };
    }

    /** For an upload, of which nobody knows the size. */
    TransferSource source() {
        return new TransferSource() {
            @Override
            public OptionalLong size() {
                return OptionalLong.empty();
            }

            @Override
            public boolean isRepeatable() {
                return false;
            }

            @Override
            public ReadableFile open(long offset) {
                return new ReadableFile() {
                    @Override
                    public int read(ByteBuffer target) throws IOException {
                        return take(target);
                    }

                    @Override
                    public void close() {
                        // whoever writes hears of a failure by the completion
                    }
                };
            }
        };
    }
}
