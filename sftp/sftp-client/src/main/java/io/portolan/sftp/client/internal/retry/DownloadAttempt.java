package io.portolan.sftp.client.internal.retry;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.retry.Attempt;
import io.portolan.core.internal.retry.ContinuedSink;
import io.portolan.core.internal.retry.Fingerprint;
import io.portolan.fs.ReadableFile;
import io.portolan.sftp.client.DownloadOptions;
import io.portolan.sftp.client.SftpException;
import io.portolan.sftp.client.TransferResult;
import io.portolan.sftp.client.Verification;
import io.portolan.sftp.client.internal.session.ClientSession;
import io.portolan.sftp.client.internal.transfer.DownloadTask;
import io.portolan.transfer.TransferProgress;
import io.portolan.transfer.TransferSink;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A download that goes on behind what has come, if the file is surely the same; that begins anew if it is not, and the sink can; and that fails else. */
public final class DownloadAttempt implements Attempt<ClientSession, TransferResult>, Closeable {

    private final String path;
    private final ContinuedSink sink;
    private final DownloadOptions options;
    private @Nullable Fingerprint original;
    private boolean mixed;
    private long before;

    /** Of a file, by its path as the server knows it from the login on. */
    public DownloadAttempt(String path, TransferSink sink, DownloadOptions options) {
        this.path = path;
        this.sink = new ContinuedSink(sink);
        this.options = options;
    }

    @Override
    public TransferResult run(ClientSession session) throws IOException {
        String there = session.resolve(path);
        Fingerprint now = Fingerprints.of(session, there);
        boolean goesOn = sink.written() > 0 && canGoOn(now);
        if (sink.written() > 0 && !goesOn) {
            beginAnew();
        }
        if (!goesOn) {
            original = now;
        }
        before = sink.written();
        TransferResult last;
        try {
            last = transfer(session, there);
        } finally {
            sink.endAttempt();
        }
        if (goesOn && !now.equals(Fingerprints.of(session, there))) {
            mixed = true;
            throw changed(sink.isRepeatable());
        }
        sink.publish();
        long skipped = sink.first() + options.offset().orElse(0);
        return new TransferResult(sink.written(), skipped, last.verified());
    }

    private boolean canGoOn(Fingerprint now) throws IOException {
        return !mixed
                && now.isSurely(original == null ? now : original)
                && (options.verification() != Verification.HASH || !sink.isRepeatable() || isReadable());
    }

    /** Whether what has come can be hashed as a part of the whole. */
    private boolean isReadable() throws IOException {
        Optional<ReadableFile> kept = sink.openKept();
        if (kept.isPresent()) {
            kept.get().close();
        }
        return kept.isPresent();
    }

    private void beginAnew() throws IOException {
        if (!sink.isRepeatable()) {
            throw changed(false);
        }
        sink.beginAnew();
        mixed = false;
    }

    private SftpException changed(boolean retryable) {
        return new SftpException(
                path + ": has changed on the server, or may have, since a part of it was downloaded", null, retryable);
    }

    private TransferResult transfer(ClientSession session, String there) throws IOException {
        TransferProgress told = options.progress();
        long base = before;
        DownloadOptions counted = options.toBuilder()
                .progress((octets, total) -> told.moved(
                        base + octets,
                        total.isPresent() ? OptionalLong.of(base + total.getAsLong()) : OptionalLong.empty()))
                .build();
        DownloadTask task = DownloadTask.goOn(session.transfers(), there, sink, counted, base);
        return Delivery.await(task.result(), task::cancel);
    }

    @Override
    public boolean cameFurther() {
        return sink.written() > before;
    }

    /** Drops what has not been published. */
    @Override
    public void close() throws IOException {
        sink.close();
    }
}
