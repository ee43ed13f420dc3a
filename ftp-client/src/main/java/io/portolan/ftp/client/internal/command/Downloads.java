package io.portolan.ftp.client.internal.command;

import io.portolan.ftp.TransferType;
import io.portolan.ftp.client.DownloadOptions;
import io.portolan.ftp.client.TransferResult;
import io.portolan.ftp.client.Verification;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.ftp.client.internal.transfer.Content;
import io.portolan.ftp.client.internal.transfer.Throttle;
import io.portolan.ftp.client.internal.transfer.TransferRequest;
import io.portolan.transfer.TransferSink;
import java.util.concurrent.CompletableFuture;

/** RETR, with what comes before and behind. */
public final class Downloads {

    private Downloads() {}

    public static TransferTask start(ClientSession session, String path, TransferSink sink, DownloadOptions options) {
        return new TransferTask(session, task -> run(task, path, sink, options));
    }

    private static CompletableFuture<TransferResult> run(
            TransferTask task, String path, TransferSink sink, DownloadOptions options) {
        long start = options.offset().orElse(0);
        long kept = 0;
        boolean image = options.type() == TransferType.IMAGE;
        TransferRequest request = new TransferRequest(
                "RETR",
                path,
                start + kept,
                options.type(),
                new Content.Incoming(sink, kept),
                image && options.expectedSize().isPresent()
                        ? options.expectedSize().getAsLong() - start - kept
                        : -1,
                image,
                new Throttle(options.rateLimit(), task.session().settings().rateLimit()),
                options.progress(),
                null);
        return task.transfer(request)
                .thenApply(outcome ->
                        new TransferResult(outcome.octets(), start + kept, outcome.reply(), Verification.NONE));
    }
}
