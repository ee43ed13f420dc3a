package io.portolan.ftp.client.internal.nio;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.ftp.client.Upload;
import io.portolan.ftp.client.UploadOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** An upload that goes as it is written. {@link #close} returns when the server has said that all is there. One thread at a time. */
final class FtpOutputStream extends OutputStream {

    private final Leases.Held lease;
    private final Pipe pipe;
    private final Upload upload;
    private boolean closed;
    private boolean broken;

    private FtpOutputStream(Leases.Held lease, Pipe pipe, Upload upload) {
        this.lease = lease;
        this.pipe = pipe;
        this.upload = upload;
    }

    static FtpOutputStream open(Leases leases, String path, boolean append) throws IOException {
        return open(leases.take(), path, append);
    }

    static FtpOutputStream open(Leases.Held lease, String path, boolean append) {
        boolean opened = false;
        try {
            Pipe pipe = new Pipe();
            UploadOptions options = UploadOptions.builder().append(append).build();
            Upload upload = lease.session().upload(pipe.source(), path, options);
            upload.completion().whenComplete((result, failed) -> {
                if (failed != null) {
                    pipe.fail(FtpInputStream.failure(failed));
                }
            });
            opened = true;
            return new FtpOutputStream(lease, pipe, upload);
        } finally {
            if (!opened) {
                lease.close();
            }
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, octets.length);
        if (closed) {
            throw new IOException("the stream is closed");
        }
        boolean put = false;
        try {
            pipe.put(ByteBuffer.wrap(octets, offset, length));
            put = true;
        } finally {
            broken |= !put;
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        if (broken) {
            // what could not be written once is not made good by the end of the rest
            abort();
            throw new IOException("not all could be written");
        }
        closed = true;
        pipe.complete();
        boolean whole = false;
        try {
            var ignored = Delivery.await(upload.completion(), upload::cancel);
            whole = true;
        } finally {
            if (!whole) {
                pipe.abandon();
            }
            lease.close();
        }
    }

    /** Gives it up: what has gone is whatever the server makes of it. */
    void abort() {
        if (closed) {
            return;
        }
        closed = true;
        // before anything else, as a worker may wait for octets
        pipe.abandon();
        upload.cancel();
        try {
            var ignored = Delivery.await(upload.completion(), () -> {});
        } catch (IOException | RuntimeException e) {
            // it was cancelled, or had failed; the lease knows whether its session can still be used
        } finally {
            lease.close();
        }
    }
}
