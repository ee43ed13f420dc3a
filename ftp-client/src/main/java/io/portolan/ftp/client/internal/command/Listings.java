package io.portolan.ftp.client.internal.command;

import io.portolan.core.internal.concurrent.Futures;
import io.portolan.core.internal.listing.AutomaticListParser;
import io.portolan.core.internal.listing.ListingDialect;
import io.portolan.core.internal.listing.ListingParser;
import io.portolan.core.internal.listing.MlsxParser;
import io.portolan.ftp.TransferType;
import io.portolan.ftp.client.FtpException;
import io.portolan.ftp.client.FtpReplyException;
import io.portolan.ftp.client.ListingResult;
import io.portolan.ftp.client.RemoteEntry;
import io.portolan.ftp.client.internal.session.ClientSession;
import io.portolan.ftp.client.internal.transfer.Content;
import io.portolan.ftp.client.internal.transfer.Throttle;
import io.portolan.ftp.client.internal.transfer.TransferOutcome;
import io.portolan.ftp.client.internal.transfer.TransferRequest;
import io.portolan.transfer.TransferProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** MLSD (RFC 3659, section 7), and LIST with servers that do not have it, which is remembered. Within an operation. */
final class Listings {

    /** Entries of one directory that are kept at a time where it is not for the caller to say. */
    static final int MAX_KEPT = 1_000_000;

    /** Runs transfers, so that they can be cancelled, or not. */
    @FunctionalInterface
    interface Runner {
        CompletableFuture<TransferOutcome> run(TransferRequest request);
    }

    private Listings() {}

    static CompletableFuture<ListingResult> run(
            ClientSession session, Runner runner, String path, ListingSink.Batches batches) {
        if (!session.has("MLST") && !session.has("MLSD") || session.learned().mlsdRefused()) {
            return list(session, runner, path, batches);
        }
        return transfer(session, runner, "MLSD", path, MlsxParser::new, batches)
                .handle((result, failure) -> {
                    Throwable cause = failure == null ? null : Futures.unwrap(failure);
                    if (cause instanceof FtpReplyException refused && isUnknown(refused)) {
                        session.learned().refuseMlsd();
                        return list(session, runner, path, batches);
                    }
                    return cause == null
                            ? CompletableFuture.completedFuture(result)
                            : CompletableFuture.<ListingResult>failedFuture(cause);
                })
                .thenCompose(next -> next);
    }

    private static boolean isUnknown(FtpReplyException refused) {
        int code = refused.reply().code();
        return code == 500 || code == 502 || code == 504;
    }

    private static CompletableFuture<ListingResult> list(
            ClientSession session, Runner runner, String path, ListingSink.Batches batches) {
        // what begins with a hyphen would be taken for options
        String argument = path.startsWith("-") ? "./" + path : path;
        return dialect(session)
                .thenCompose(dialect -> transfer(
                        session,
                        runner,
                        "LIST",
                        argument,
                        () -> new AutomaticListParser(
                                Instant.now(), session.settings().serverZone(), dialect),
                        batches))
                .handle((result, failure) -> {
                    Throwable cause = failure == null ? null : Futures.unwrap(failure);
                    if (cause instanceof FtpReplyException refused && isEmpty(refused)) {
                        return CompletableFuture.completedFuture(new ListingResult(0, 0, List.of(), refused.reply()));
                    }
                    return cause == null
                            ? CompletableFuture.completedFuture(result)
                            : CompletableFuture.<ListingResult>failedFuture(cause);
                })
                .thenCompose(next -> next);
    }

    /** Some servers take a directory without files for none. */
    private static boolean isEmpty(FtpReplyException refused) {
        int code = refused.reply().code();
        return (code == 450 || code == 550)
                && String.join(" ", refused.reply().lines())
                        .toLowerCase(Locale.ROOT)
                        .contains("no files");
    }

    private static CompletableFuture<@Nullable ListingDialect> dialect(ClientSession session) {
        if (session.learned().isDialectKnown()) {
            return CompletableFuture.completedFuture(session.learned().dialect());
        }
        return session.tried("SYST", "").thenApply(reply -> {
            ListingDialect dialect = reply.isPositive()
                    ? ListingDialect.ofSystem(String.join(" ", reply.lines())).orElse(null)
                    : null;
            session.learned().dialect(dialect);
            return dialect;
        });
    }

    private static CompletableFuture<ListingResult> transfer(
            ClientSession session,
            Runner runner,
            String verb,
            String path,
            Supplier<ListingParser> parser,
            ListingSink.Batches batches) {
        ListingSink sink = new ListingSink(parser, session.settings().charset(), batches);
        return runner.run(new TransferRequest(
                        verb,
                        path,
                        0,
                        TransferType.IMAGE,
                        new Content.Incoming(sink, 0),
                        OptionalLong.empty(),
                        false,
                        Throttle.NONE,
                        TransferProgress.none(),
                        null))
                .thenApply(outcome -> sink.result(outcome.reply()));
    }

    /** All entries of a directory. */
    static CompletableFuture<List<RemoteEntry>> collect(ClientSession session, String path) {
        List<RemoteEntry> entries = new ArrayList<>();
        return run(session, session::run, path, batch -> {
                    if (entries.size() + batch.size() > MAX_KEPT) {
                        throw new FtpException(path + ": more than " + MAX_KEPT + " entries", null, false);
                    }
                    entries.addAll(batch);
                })
                .thenApply(result -> entries);
    }
}
