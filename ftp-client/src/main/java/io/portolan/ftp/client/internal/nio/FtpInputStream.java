package io.portolan.ftp.client.internal.nio;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.concurrent.Futures;
import io.portolan.ftp.client.Download;
import io.portolan.ftp.client.DownloadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A download that is read as it comes. Its end is told only when the server has said that it was all. One thread at a time. */
final class FtpInputStream extends InputStream {

    private final Leases.Held lease;
    private final Pipe pipe;
    private final Download download;
    private boolean ended;
    private boolean closed;

    private FtpInputStream(Leases.Held lease, Pipe pipe, Download download) {
        this.lease = lease;
        this.pipe = pipe;
        this.download = download;
    }

    /** Begins, and waits for the first octets, so that what the server refuses shows here. */
    static FtpInputStream open(Leases leases, String path, long offset) throws IOException {
        return open(leases.take(), path, offset);
    }

    static FtpInputStream open(Leases.Held lease, String path, long offset) throws IOException {
        boolean opened = false;
        try {
            Pipe pipe = new Pipe();
            DownloadOptions options = offset == 0
                    ? DownloadOptions.defaults()
                    : DownloadOptions.builder().offset(offset).build();
            Download download = lease.session().download(path, pipe.sink(), options);
            download.completion().whenComplete((result, failed) -> {
                if (failed == null) {
                    pipe.complete();
                } else {
                    pipe.fail(failure(failed));
                }
            });
            FtpInputStream stream = new FtpInputStream(lease, pipe, download);
            boolean begun = false;
            try {
                pipe.awaitFirst();
                begun = true;
            } finally {
                if (!begun) {
                    stream.close();
                }
            }
            opened = true;
            return stream;
        } finally {
            if (!opened) {
                lease.close();
            }
        }
    }

    static IOException failure(Throwable failed) {
        Throwable cause = Futures.unwrap(failed);
        return cause instanceof IOException io ? io : new IOException(cause);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (closed) {
            throw new IOException("the stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        int count = ended ? -1 : pipe.take(ByteBuffer.wrap(target, offset, length));
        if (count < 0 && !ended) {
            ended = true;
            lease.close();
        }
        return count;
    }

    /** Ends the download if it goes on, and waits until its connection is free again, or given up. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (ended) {
            return;
        }
        // before anything else, as a worker may wait for room
        pipe.abandon();
        download.cancel();
        try {
            var ignored = Delivery.await(download.completion(), () -> {});
        } catch (IOException | RuntimeException e) {
            // it was cancelled, or had failed; the lease knows whether its session can still be used
        } finally {
            lease.close();
        }
    }
}
