package io.portolan.ftp.client.internal.command;

import io.portolan.fs.ReadableFile;
import io.portolan.ftp.TransferType;
import io.portolan.ftp.client.DownloadOptions;
import io.portolan.ftp.client.TransferResult;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.ftp.client.internal.transfer.Content;
import io.portolan.ftp.client.internal.transfer.Throttle;
import io.portolan.ftp.client.internal.transfer.TransferRequest;
import io.portolan.transfer.TransferSink;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** RETR, with what comes before and behind. */
public final class Downloads {

    private Downloads() {}

    public static TransferTask<TransferResult> start(
            ClientSession session, String path, TransferSink sink, DownloadOptions options) {
        return new TransferTask<>(
                session,
                task -> options.resume()
                        ? kept(session, sink).thenCompose(kept -> run(task, path, sink, kept, options))
                        : run(task, path, sink, Kept.NOTHING, options));
    }

    /** As {@link #start}, but goes on behind what the sink has, whatever the options say; their offset counts from the file's beginning nevertheless. */
    public static TransferTask<TransferResult> goOn(
            ClientSession session, String path, TransferSink sink, DownloadOptions options) {
        return new TransferTask<>(
                session, task -> kept(session, sink).thenCompose(kept -> run(task, path, sink, kept, options)));
    }

    /**
     * What is here of an earlier attempt.
     *
     * @param readable whether it can be read again, to be hashed
     */
    private record Kept(long octets, boolean readable) {
        static final Kept NOTHING = new Kept(0, true);

        static Kept of(TransferSink sink) throws IOException {
            long octets = sink.resumeOffset();
            if (octets == 0) {
                return NOTHING;
            }
            Optional<ReadableFile> file = sink.openKept();
            if (file.isPresent()) {
                file.get().close();
            }
            return new Kept(octets, file.isPresent());
        }
    }

    private static CompletableFuture<Kept> kept(ClientSession session, TransferSink sink) {
        CompletableFuture<Kept> result = new CompletableFuture<>();
        session.lane().<Kept>call(() -> Kept.of(sink), session.loop(), (kept, failure) -> {
            if (kept == null) {
                result.completeExceptionally(failure == null ? new IllegalStateException("no offset") : failure);
            } else {
                result.complete(kept);
            }
        });
        return result;
    }

    private static CompletableFuture<TransferResult> run(
            TransferTask<?> task, String path, TransferSink sink, Kept kept, DownloadOptions options) {
        ClientSession session = task.session();
        long start = kept.octets() + options.offset().orElse(0);
        boolean image = options.type() == TransferType.IMAGE;
        Verifier verifier = Verifier.choose(session, options.verification(), start == kept.octets() && kept.readable());
        Hasher hasher = verifier.hasher();
        TransferRequest request = new TransferRequest(
                "RETR",
                path,
                start,
                options.type(),
                new Content.Incoming(hasher == null ? sink : new HashedSink(sink, hasher), kept.octets()),
                image ? options.expectedSize() : OptionalLong.empty(),
                image,
                new Throttle(options.rateLimit(), session.settings().rateLimit()),
                options.progress(),
                outcome -> verifier.check(path, start + outcome.octets()));
        return task.transfer(request)
                .thenApply(outcome -> new TransferResult(outcome.octets(), start, outcome.reply(), verifier.way()));
    }
}
