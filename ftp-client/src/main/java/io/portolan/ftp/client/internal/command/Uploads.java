package io.portolan.ftp.client.internal.command;

import io.portolan.core.internal.concurrent.Futures;
import io.portolan.ftp.client.TransferResult;
import io.portolan.ftp.client.UploadOptions;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.ftp.client.internal.transfer.Content;
import io.portolan.ftp.client.internal.transfer.Throttle;
import io.portolan.ftp.client.internal.transfer.TransferRequest;
import io.portolan.transfer.TransferSource;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/** STOR and APPE, with what comes before and behind. */
public final class Uploads {

    private static final String PART = ".part";

    private final TransferTask<?> task;
    private final ClientSession session;
    private final TransferSource source;
    private final String path;
    private final UploadOptions options;
    /** Under which name the file is sent. */
    private final String target;

    private Uploads(TransferTask<?> task, TransferSource source, String path, UploadOptions options) {
        this.task = task;
        this.session = task.session();
        this.source = source;
        this.path = path;
        this.options = options;
        this.target = options.atomic() ? temporaryName(path, options) : path;
    }

    public static TransferTask<TransferResult> start(
            ClientSession session, TransferSource source, String path, UploadOptions options) {
        return new TransferTask<>(session, task -> new Uploads(task, source, path, options).run());
    }

    /** One that is resumed has to be found again; any other meets nobody else's. */
    public static String temporaryName(String path, UploadOptions options) {
        if (options.resume()) {
            return path + PART;
        }
        long tag = ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE;
        return path + "." + Long.toString(tag, Character.MAX_RADIX) + PART;
    }

    private CompletableFuture<TransferResult> run() {
        if (options.resume() || options.append()) {
            return Files.size(session, target).thenCompose(there -> send(there.orElse(0)));
        }
        return send(0);
    }

    /**
     * Sends the file.
     *
     * @param there how much of it there is already
     */
    private CompletableFuture<TransferResult> send(long there) {
        long offset = options.resume() ? there : 0;
        Verifier verifier = Verifier.choose(session, options.verification(), !options.append());
        Hasher hasher = verifier.hasher();
        // a server that does not tell that it can begin anywhere can always go on at the end
        boolean restarts = offset > 0 && session.has("REST");
        TransferRequest request = new TransferRequest(
                options.append() || offset > 0 && !restarts ? "APPE" : "STOR",
                target,
                restarts ? offset : 0,
                options.type(),
                new Content.Outgoing(hasher == null ? source : new HashedSource(source, hasher), offset),
                OptionalLong.empty(),
                false,
                new Throttle(options.rateLimit(), session.settings().rateLimit()),
                options.progress(),
                null);
        return task.transfer(request)
                .thenCompose(outcome -> task.then(() -> verifier.check(target, there + outcome.octets()))
                        .thenCompose(verified -> task.then(this::publish))
                        .thenApply(published ->
                                new TransferResult(outcome.octets(), offset, outcome.reply(), verifier.way())))
                .handle((result, failure) ->
                        failure == null ? CompletableFuture.completedFuture(result) : cleanUp(Futures.unwrap(failure)))
                .thenCompose(next -> next);
    }

    private CompletableFuture<Void> publish() {
        return options.atomic()
                ? Replacement.by(session, target, path).thenAccept(renamed -> {})
                : CompletableFuture.completedFuture(null);
    }

    /** What nobody will ask for again is deleted, if the server still listens; what has failed stays the failure. */
    private CompletableFuture<TransferResult> cleanUp(Throwable cause) {
        CompletableFuture<TransferResult> result = CompletableFuture.failedFuture(cause);
        if (!options.atomic() || options.resume() || !session.control().isOpen()) {
            return result;
        }
        return session.tried("DELE", target).handle((reply, failure) -> result).thenCompose(same -> same);
    }
}
