package io.portolan.ftp.client.internal.retry;

import io.portolan.core.internal.concurrent.Delivery;
import io.portolan.core.internal.retry.Attempt;
import io.portolan.core.internal.retry.ContinuedSink;
import io.portolan.core.internal.retry.Fingerprint;
import io.portolan.fs.ReadableFile;
import io.portolan.ftp.TransferType;
import io.portolan.ftp.client.DownloadOptions;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.TransferResult;
import io.portolan.ftp.client.Verification;
import io.portolan.ftp.client.internal.command.Downloads;
import io.portolan.ftp.client.internal.command.TransferTask;
import io.portolan.ftp.client.internal.session.ClientSession;
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

    public DownloadAttempt(String path, TransferSink sink, DownloadOptions options) {
        this.path = path;
        this.sink = new ContinuedSink(sink);
        this.options = options;
    }

    @Override
    public TransferResult run(ClientSession session) throws IOException {
        Fingerprint now = Fingerprints.of(session, path);
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
            last = transfer(session, goesOn);
        } finally {
            sink.endAttempt();
        }
        if (goesOn && !now.equals(Fingerprints.of(session, path))) {
            mixed = true;
            throw changed(sink.isRepeatable());
        }
        sink.publish();
        long skipped = sink.first() + options.offset().orElse(0);
        return new TransferResult(sink.written(), skipped, last.reply(), last.verified());
    }

    private boolean canGoOn(Fingerprint now) throws IOException {
        return !mixed
                && options.type() == TransferType.IMAGE
                && now.isSurely(original == null ? now : original)
                && (options.verification() != Verification.HASH || !sink.isRepeatable() || isReadable());
    }

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

    private FtpException changed(boolean retryable) {
        return new FtpException(
                path + ": has changed on the server, or may have, since a part of it was downloaded", null, retryable);
    }

    private TransferResult transfer(ClientSession session, boolean goesOn) throws IOException {
        TransferProgress told = options.progress();
        long base = before;
        DownloadOptions counted = options.toBuilder()
                .progress((octets, total) -> told.moved(
                        base + octets,
                        total.isPresent() ? OptionalLong.of(base + total.getAsLong()) : OptionalLong.empty()))
                .build();
        TransferTask<TransferResult> task =
                goesOn ? Downloads.goOn(session, path, sink, counted) : Downloads.start(session, path, sink, counted);
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
