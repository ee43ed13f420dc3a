package io.portolan.ftp.client.internal.command;

import io.portolan.ftp.client.TransferResult;
import io.portolan.ftp.client.UploadOptions;
import io.portolan.ftp.client.Verification;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.ftp.client.internal.transfer.Content;
import io.portolan.ftp.client.internal.transfer.Throttle;
import io.portolan.ftp.client.internal.transfer.TransferRequest;
import io.portolan.transfer.TransferSource;
import java.util.concurrent.CompletableFuture;

/** STOR and APPE, with what comes before and behind. */
public final class Uploads {

    private Uploads() {}

    public static TransferTask start(ClientSession session, TransferSource source, String path, UploadOptions options) {
        return new TransferTask(session, task -> run(task, source, path, options));
    }

    private static CompletableFuture<TransferResult> run(
            TransferTask task, TransferSource source, String path, UploadOptions options) {
        long start = 0;
        TransferRequest request = new TransferRequest(
                options.append() ? "APPE" : "STOR",
                path,
                start,
                options.type(),
                new Content.Outgoing(source, start),
                -1,
                false,
                new Throttle(options.rateLimit(), task.session().settings().rateLimit()),
                options.progress(),
                null);
        return task.transfer(request)
                .thenApply(outcome -> new TransferResult(outcome.octets(), start, outcome.reply(), Verification.NONE));
    }
}
